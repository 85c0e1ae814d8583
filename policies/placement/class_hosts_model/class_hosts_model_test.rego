package edgeward.placement.class_hosts_model_test

import rego.v1

import data.edgeward.placement.class_hosts_model as rule

_rows := [
	{"id": "it_is", "reach": {"hosts_model": true}},
	{"id": "it_is_not", "reach": {"hosts_model": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"candidate": _rows}
}
