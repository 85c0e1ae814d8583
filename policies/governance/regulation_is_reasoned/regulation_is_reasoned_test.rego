package edgeward.governance.regulation_is_reasoned_test

import rego.v1

import data.edgeward.governance.regulation_is_reasoned as rule

_rows := [
	{"id": "reasoned", "regulation": {"reasoned": true}},
	{"id": "not_reasoned", "regulation": {"reasoned": false}},
]

test_exactly_these_pass if {
	rule.pass == {"reasoned"} with input as {"use_case": _rows}
}
