package edgeward.security.region_in_residency_test

import rego.v1

import data.edgeward.security.region_in_residency as rule

_rows := [
	{"id": "it_is", "data": {"region_in_residency": true}},
	{"id": "it_is_not", "data": {"region_in_residency": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"candidate": _rows}
}
