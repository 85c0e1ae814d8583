package edgeward.security.remote_access_has_mfa_test

import rego.v1

import data.edgeward.security.remote_access_has_mfa as rule

_rows := [
	{"id": "it_is", "remote_access": {"mfa": true}},
	{"id": "it_is_not", "remote_access": {"mfa": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"site": _rows}
}
