package edgeward.cloud.budget_tells_somebody_test

import rego.v1

import data.edgeward.cloud.budget_tells_somebody as rule

_rows := [
	{"id": "it_is", "tells_somebody": true},
	{"id": "it_is_not", "tells_somebody": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
