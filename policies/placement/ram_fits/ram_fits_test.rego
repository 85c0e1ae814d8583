package edgeward.placement.ram_fits_test

import rego.v1

import data.edgeward.placement.ram_fits as rule

_rows := [
	{"id": "up_to_the_headroom", "memory": {"needed_mb": 80, "allocatable_mb": 100}},
	{"id": "nothing_needed", "memory": {"needed_mb": 0, "allocatable_mb": 0}},
	{"id": "into_the_headroom", "memory": {"needed_mb": 95, "allocatable_mb": 100}},
]

test_exactly_these_pass if {
	rule.pass == {"up_to_the_headroom", "nothing_needed"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"ram_headroom_share": 0.15}}
}
