package edgeward.placement.every_use_case_placed_test

import rego.v1

import data.edgeward.placement.every_use_case_placed as rule

_rows := [
	{"id": "it_is", "placed": true},
	{"id": "it_is_not", "placed": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"decision": _rows}
}
