package edgeward.operations.endpoint_is_automated_test

import rego.v1

import data.edgeward.operations.endpoint_is_automated as rule

_rows := [
	{"id": "it_does", "serves_itself": true},
	{"id": "it_does_not", "serves_itself": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_does"} with input as {"decision": _rows}
}
