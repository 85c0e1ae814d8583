package edgeward.operations.safety_activates_by_hand_test

import rego.v1

import data.edgeward.operations.safety_activates_by_hand as rule

_rows := [
	{"id": "it_is", "safety": {"activates_by_hand": true}},
	{"id": "it_is_not", "safety": {"activates_by_hand": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"use_case": _rows}
}
