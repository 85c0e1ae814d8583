package edgeward.cloud.region_allowed_test

import rego.v1

import data.edgeward.cloud.region_allowed as rule

_rows := [
	{"id": "it_is", "region_allowed": true},
	{"id": "it_is_not", "region_allowed": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
