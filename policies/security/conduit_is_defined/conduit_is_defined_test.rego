package edgeward.security.conduit_is_defined_test

import rego.v1

import data.edgeward.security.conduit_is_defined as rule

_rows := [
	{"id": "port_known", "defined": true},
	{"id": "no_port", "defined": false},
]

test_exactly_these_pass if {
	rule.pass == {"port_known"} with input as {"flow": _rows}
}
