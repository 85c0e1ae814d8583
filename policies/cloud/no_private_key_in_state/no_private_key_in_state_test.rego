package edgeward.cloud.no_private_key_in_state_test

import rego.v1

import data.edgeward.cloud.no_private_key_in_state as rule

_rows := [
	{"id": "it_is_not", "private_key_in_state": false},
	{"id": "it_is", "private_key_in_state": true},
]

test_exactly_these_pass if {
	rule.pass == {"it_is_not"} with input as {"resource": _rows}
}
