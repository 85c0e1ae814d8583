package edgeward.governance.waiver_is_short_test

import rego.v1

import data.edgeward.governance.waiver_is_short as rule

_rows := [
	{"id": "a_month", "days_left": 30},
	{"id": "just_the_limit", "days_left": 180},
	{"id": "a_day_more", "days_left": 181},
]

test_exactly_these_pass if {
	rule.pass == {"a_month", "just_the_limit"} with input as {"waiver": _rows}
		with data.thresholds as {"governance": {"waiver_days_max": 180}}
}
