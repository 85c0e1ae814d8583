package edgeward.governance.waiver_covers_a_finding_test

import rego.v1

import data.edgeward.governance.waiver_covers_a_finding as rule

_rows := [
	{"id": "it_does", "covers": true},
	{"id": "it_does_not", "covers": false},
]

test_exactly_these_pass if {
	rule.pass == {"it_does"} with input as {"used_waiver": _rows}
}
