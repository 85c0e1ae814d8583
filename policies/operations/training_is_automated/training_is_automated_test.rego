package edgeward.operations.training_is_automated_test

import rego.v1

import data.edgeward.operations.training_is_automated as rule

_rows := [
	{"id": "it_does", "trains_itself": true},
	{"id": "it_does_not", "trains_itself": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_does"} with input as {"decision": _rows}
}
