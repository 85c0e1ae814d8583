package edgeward.security.raw_leaves_with_reason_test

import rego.v1

import data.edgeward.security.raw_leaves_with_reason as rule

_rows := [
	{"id": "it_is", "reason_given": true},
	{"id": "it_is_not", "reason_given": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"stream": _rows}
}
