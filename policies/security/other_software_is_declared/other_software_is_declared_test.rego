package edgeward.security.other_software_is_declared_test

import rego.v1

import data.edgeward.security.other_software_is_declared as rule

_rows := [
	{"id": "declared", "flows_declared": true},
	{"id": "not_declared", "flows_declared": false},
]

test_exactly_these_pass if {
	rule.pass == {"declared"} with input as {"device": _rows}
}
