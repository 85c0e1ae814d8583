package edgeward.placement.quality_reached_test

import rego.v1

import data.edgeward.placement.quality_reached as rule

_rows := [
	{"id": "better", "quality": {"reached": 0.98, "at_least": 0.97}},
	{"id": "just_enough", "quality": {"reached": 0.97, "at_least": 0.97}},
	{"id": "not_enough", "quality": {"reached": 0.96, "at_least": 0.97}},
]

test_exactly_these_pass if {
	rule.pass == {"better", "just_enough"} with input as {"candidate": _rows}
}
