package edgeward.security.retention_is_limited_test

import rego.v1

import data.edgeward.security.retention_is_limited as rule

_rows := [
	{"id": "a_month", "retention_days": 30},
	{"id": "just_the_limit", "retention_days": 1825},
	{"id": "over_the_limit", "retention_days": 1826},
]

test_exactly_these_pass if {
	rule.pass == {"a_month", "just_the_limit"} with input as {"stream": _rows}
		with data.thresholds as {"security": {"retention_days_max": 1825}}
}
