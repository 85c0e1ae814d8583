package edgeward.placement.storage_fits_test

import rego.v1

import data.edgeward.placement.storage_fits as rule

_rows := [
	{"id": "up_to_the_headroom", "storage": {"needed_mb": 80, "available_mb": 100}},
	{"id": "nothing_needed", "storage": {"needed_mb": 0, "available_mb": 0}},
	{"id": "into_the_headroom", "storage": {"needed_mb": 95, "available_mb": 100}},
]

test_exactly_these_pass if {
	rule.pass == {"up_to_the_headroom", "nothing_needed"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"storage_headroom_share": 0.1}}
}
