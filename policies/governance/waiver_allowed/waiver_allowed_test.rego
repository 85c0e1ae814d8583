package edgeward.governance.waiver_allowed_test

import rego.v1

import data.edgeward.governance.waiver_allowed as rule

_rows := [
	{"id": "it_is", "rule_waivable": true},
	{"id": "it_is_not", "rule_waivable": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"waiver": _rows}
}
