package edgeward.cloud.retention_as_declared_test

import rego.v1

import data.edgeward.cloud.retention_as_declared as rule

_rows := [
	{"id": "it_is", "retention_as_declared": true},
	{"id": "it_is_not", "retention_as_declared": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"resource": _rows}
}
