package edgeward.cloud.no_wildcard_actions_test

import rego.v1

import data.edgeward.cloud.no_wildcard_actions as rule

_rows := [
	{"id": "it_is_not", "wildcard_actions": false},
	{"id": "it_is", "wildcard_actions": true},
]

test_exactly_these_pass if {
	rule.pass == {"it_is_not"} with input as {"resource": _rows}
}
