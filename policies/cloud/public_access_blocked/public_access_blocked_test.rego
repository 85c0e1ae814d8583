package edgeward.cloud.public_access_blocked_test

import rego.v1

import data.edgeward.cloud.public_access_blocked as rule

_rows := [
	{"id": "it_is", "public_access_blocked": true},
	{"id": "it_is_not", "public_access_blocked": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
