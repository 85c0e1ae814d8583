package edgeward.cloud.data_protected_test

import rego.v1

import data.edgeward.cloud.data_protected as rule

_rows := [
	{"id": "it_is", "protected": true},
	{"id": "it_is_not", "protected": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
