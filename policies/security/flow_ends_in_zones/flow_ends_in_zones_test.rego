package edgeward.security.flow_ends_in_zones_test

import rego.v1

import data.edgeward.security.flow_ends_in_zones as rule

_rows := [
	{"id": "it_is", "zones_declared": true},
	{"id": "it_is_not", "zones_declared": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"flow": _rows}
}
