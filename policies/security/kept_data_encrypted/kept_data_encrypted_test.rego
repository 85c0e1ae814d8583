package edgeward.security.kept_data_encrypted_test

import rego.v1

import data.edgeward.security.kept_data_encrypted as rule

_rows := [
	{"id": "encrypted", "encrypted_volume": "yes"},
	{"id": "plain", "encrypted_volume": "no"},
	{"id": "nobody_says", "encrypted_volume": "not stated"},
]

test_exactly_these_pass if {
	rule.pass == {"encrypted"} with input as {"device": _rows}
}
