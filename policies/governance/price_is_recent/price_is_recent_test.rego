package edgeward.governance.price_is_recent_test

import rego.v1

import data.edgeward.governance.price_is_recent as rule

_rows := [
	{"id": "last_month", "age_days": 30},
	{"id": "just_the_limit", "age_days": 365},
	{"id": "older", "age_days": 366},
]

test_exactly_these_pass if {
	rule.pass == {"last_month", "just_the_limit"} with input as {"price": _rows}
		with data.thresholds as {"governance": {"price_days_max": 365}}
}
