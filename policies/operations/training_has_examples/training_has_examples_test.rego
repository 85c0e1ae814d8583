package edgeward.operations.training_has_examples_test

import rego.v1

import data.edgeward.operations.training_has_examples as rule

_rows := [
	{"id": "some_leave", "examples_leave": true},
	{"id": "all_stays", "examples_leave": false},
]

test_exactly_these_pass if {
	rule.pass == {"some_leave"} with input as {"decision": _rows}
}
