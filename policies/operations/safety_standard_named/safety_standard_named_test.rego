package edgeward.operations.safety_standard_named_test

import rego.v1

import data.edgeward.operations.safety_standard_named as rule

_rows := [
	{"id": "it_is", "safety": {"standard_named": true}},
	{"id": "it_is_not", "safety": {"standard_named": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"use_case": _rows}
}
