package edgeward.governance.assumption_confirmed_test

import rego.v1

import data.edgeward.governance.assumption_confirmed as rule

_rows := [
	{"id": "a_pilot", "in_production": false},
	{"id": "in_production", "in_production": true},
]

test_exactly_these_pass if {
	rule.pass == {"a_pilot"} with input as {"assumption": _rows}
}
