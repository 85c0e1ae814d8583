package edgeward.security.cloud_reaches_no_control_test

import rego.v1

import data.edgeward.security.cloud_reaches_no_control as rule

_rows := [
	{"id": "to_operations", "to_level": 3},
	{"id": "to_a_controller", "to_level": 1},
]

test_exactly_these_pass if {
	rule.pass == {"to_operations"} with input as {"flow": _rows}
		with data.thresholds as {"security": {"cloud_reaches_level_min": 3}}
}
