package edgeward.governance.waiver_approved_by_another_test

import rego.v1

import data.edgeward.governance.waiver_approved_by_another as rule

_rows := [
	{"id": "it_is", "approved_by_another": true},
	{"id": "it_is_not", "approved_by_another": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"waiver": _rows}
}
