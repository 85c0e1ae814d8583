package edgeward.governance.rollback_has_target_test

import rego.v1

import data.edgeward.governance.rollback_has_target as rule

_rows := [
	{"id": "it_is", "governance": {"rollback_has_target": true}},
	{"id": "it_is_not", "governance": {"rollback_has_target": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"use_case": _rows}
}
