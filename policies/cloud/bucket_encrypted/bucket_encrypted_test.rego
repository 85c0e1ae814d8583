package edgeward.cloud.bucket_encrypted_test

import rego.v1

import data.edgeward.cloud.bucket_encrypted as rule

_rows := [
	{"id": "it_is", "encrypted": true},
	{"id": "it_is_not", "encrypted": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
