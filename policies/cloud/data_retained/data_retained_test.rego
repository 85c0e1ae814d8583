package edgeward.cloud.data_retained_test

import rego.v1

import data.edgeward.cloud.data_retained as rule

_rows := [
	{"id": "it_is", "retained": true},
	{"id": "it_is_not", "retained": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
