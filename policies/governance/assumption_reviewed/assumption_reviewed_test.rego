package edgeward.governance.assumption_reviewed_test

import rego.v1

import data.edgeward.governance.assumption_reviewed as rule

_rows := [
	{"id": "on_its_day", "days_to_review": 0},
	{"id": "a_day_late", "days_to_review": -1},
]

test_exactly_these_pass if {
	rule.pass == {"on_its_day"} with input as {"assumption": _rows}
}
