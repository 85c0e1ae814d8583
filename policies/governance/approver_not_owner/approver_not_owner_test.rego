package edgeward.governance.approver_not_owner_test

import rego.v1

import data.edgeward.governance.approver_not_owner as rule

_rows := [
	{"id": "it_is_not", "governance": {"approver_is_owner": false}},
	{"id": "it_is", "governance": {"approver_is_owner": true}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is_not"} with input as {"use_case": _rows}
}
