package edgeward.cloud.tls_only_test

import rego.v1

import data.edgeward.cloud.tls_only as rule

_rows := [
	{"id": "it_is", "tls_only": true},
	{"id": "it_is_not", "tls_only": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
