package edgeward.security.input_may_leave_test

import rego.v1

import data.edgeward.security.input_may_leave as rule

_rows := [
	{"id": "it_is", "data": {"input_may_leave": true}},
	{"id": "it_is_not", "data": {"input_may_leave": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"candidate": _rows}
}
