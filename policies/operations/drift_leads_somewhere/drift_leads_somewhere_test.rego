package edgeward.operations.drift_leads_somewhere_test

import rego.v1

import data.edgeward.operations.drift_leads_somewhere as rule

_rows := [
	{"id": "it_does", "monitoring": {"drift_leads_somewhere": true}},
	{"id": "it_does_not", "monitoring": {"drift_leads_somewhere": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_does"} with input as {"use_case": _rows}
}
