package edgeward.placement.input_reaches_test

import rego.v1

import data.edgeward.placement.input_reaches as rule

_rows := [
	{"id": "it_is", "reach": {"signal": true}},
	{"id": "it_is_not", "reach": {"signal": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"candidate": _rows}
}
