package edgeward.governance.evidence_is_recent_test

import rego.v1

import data.edgeward.governance.evidence_is_recent as rule

_rows := [
	{"id": "a_year", "evidence": {"age_days": 365}},
	{"id": "just_the_limit", "evidence": {"age_days": 730}},
	{"id": "older", "evidence": {"age_days": 731}},
]

test_exactly_these_pass if {
	rule.pass == {"a_year", "just_the_limit"} with input as {"release": _rows}
		with data.thresholds as {"governance": {"evidence_days_max": 730}}
}
