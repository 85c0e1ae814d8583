package edgeward.placement.control_is_written_from_below_test

import rego.v1

import data.edgeward.placement.control_is_written_from_below as rule

_rows := [
	{"id": "on_the_line", "levels": {"host": 2, "lowest_written": 1}},
	{"id": "at_operations", "levels": {"host": 3, "lowest_written": 0}},
	{"id": "to_operations", "levels": {"host": 5, "lowest_written": 3}},
	{"id": "from_the_office", "levels": {"host": 4, "lowest_written": 2}},
]

test_exactly_these_pass if {
	rule.pass == {"on_the_line", "at_operations", "to_operations"} with input as {"candidate": _rows}
		with data.thresholds as {"placement": {"writes_from_level_max": 3, "control_level_max": 2}}
}
