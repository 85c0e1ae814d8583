package edgeward.governance.waiver_in_date_test

import rego.v1

import data.edgeward.governance.waiver_in_date as rule

_rows := [
	{"id": "on_its_day", "days_left": 0},
	{"id": "a_day_late", "days_left": -1},
]

test_exactly_these_pass if {
	rule.pass == {"on_its_day"} with input as {"waiver": _rows}
}
