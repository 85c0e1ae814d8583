package edgeward.placement.scope_covered_test

import rego.v1

import data.edgeward.placement.scope_covered as rule

_rows := [
	{"id": "it_is", "reach": {"scope_covered": true}},
	{"id": "it_is_not", "reach": {"scope_covered": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_is"} with input as {"candidate": _rows}
}
