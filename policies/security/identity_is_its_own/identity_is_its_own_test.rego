package edgeward.security.identity_is_its_own_test

import rego.v1

import data.edgeward.security.identity_is_its_own as rule

_rows := [
	{"id": "own_key", "identity": "csr"},
	{"id": "none", "identity": "none"},
]

test_exactly_these_pass if {
	rule.pass == {"own_key"} with input as {"device": _rows}
		with data.thresholds as {"security": {"identities": ["csr", "tpm", "provisioned", "claim", "vendor"]}}
}
