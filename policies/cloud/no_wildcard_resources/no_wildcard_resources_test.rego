package edgeward.cloud.no_wildcard_resources_test

import rego.v1

import data.edgeward.cloud.no_wildcard_resources as rule

_rows := [
	{"id": "it_is_not", "wildcard_resources": false},
	{"id": "it_is", "wildcard_resources": true},
]

test_exactly_these_pass if {
	rule.pass == {"it_is_not"} with input as {"resource": _rows}
}
