package edgeward.operations.safety_version_approved_test

import rego.v1

import data.edgeward.operations.safety_version_approved as rule

_rows := [
	{"id": "it_is", "safety": {"version_approved": true}},
	{"id": "it_is_not", "safety": {"version_approved": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"use_case": _rows}
}
