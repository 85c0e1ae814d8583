package edgeward.placement.evidence_fits_criticality_test

import rego.v1

import data.edgeward.placement.evidence_fits_criticality as rule

_rows := [
	{"id": "hours", "evidence": {"measured": true, "soak_minutes": 240}},
	{"id": "too_short", "evidence": {"measured": true, "soak_minutes": 239}},
	{"id": "not_measured", "evidence": {"measured": false, "soak_minutes": 600}},
]

test_exactly_these_pass if {
	rule.pass == {"hours"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"soak_minutes_critical_min": 240}}
}
