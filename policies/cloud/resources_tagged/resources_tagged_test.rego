package edgeward.cloud.resources_tagged_test

import rego.v1

import data.edgeward.cloud.resources_tagged as rule

_rows := [
	{"id": "it_is", "tagged": true},
	{"id": "it_is_not", "tagged": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
