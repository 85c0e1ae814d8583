package edgeward.placement.accelerator_memory_fits_test

import rego.v1

import data.edgeward.placement.accelerator_memory_fits as rule

_rows := [
	{"id": "up_to_the_headroom", "memory": {"accelerator_needed_mb": 80, "accelerator_mb": 100}},
	{"id": "nothing_needed", "memory": {"accelerator_needed_mb": 0, "accelerator_mb": 0}},
	{"id": "into_the_headroom", "memory": {"accelerator_needed_mb": 95, "accelerator_mb": 100}},
]

test_exactly_these_pass if {
	rule.pass == {"up_to_the_headroom", "nothing_needed"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"accelerator_headroom_share": 0.1}}
}
