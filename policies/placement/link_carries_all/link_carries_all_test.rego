package edgeward.placement.link_carries_all_test

import rego.v1

import data.edgeward.placement.link_carries_all as rule

_rows := [
	{"id": "fits", "needed_mbps": 4, "available_mbps": 5},
	{"id": "just_fits", "needed_mbps": 5, "available_mbps": 5},
	{"id": "too_much", "needed_mbps": 6, "available_mbps": 5},
]

test_exactly_these_pass if {
	rule.pass == {"fits", "just_fits"} with input as {"link": _rows}
}
