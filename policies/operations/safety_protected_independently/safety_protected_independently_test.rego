package edgeward.operations.safety_protected_independently_test

import rego.v1

import data.edgeward.operations.safety_protected_independently as rule

_rows := [
	{"id": "it_is", "safety": {"independent_protection": true}},
	{"id": "it_is_not", "safety": {"independent_protection": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"use_case": _rows}
}
