package edgeward.placement.training_compute_present_test

import rego.v1

import data.edgeward.placement.training_compute_present as rule

_rows := [
	{"id": "it_is", "compute_present": true},
	{"id": "it_is_not", "compute_present": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"training_candidate": _rows}
}
