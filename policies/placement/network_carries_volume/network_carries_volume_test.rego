package edgeward.placement.network_carries_volume_test

import rego.v1

import data.edgeward.placement.network_carries_volume as rule

_rows := [
	{"id": "captured_there", "network": {"needed_mbps": 0, "available_mbps": 0}},
	{"id": "just_fits", "network": {"needed_mbps": 20, "available_mbps": 20}},
	{"id": "too_much", "network": {"needed_mbps": 21, "available_mbps": 20}},
]

test_exactly_these_pass if {
	rule.pass == {"captured_there", "just_fits"} with input as {"candidate": _rows}
}
