package edgeward.placement.evidence_measured_test

import rego.v1

import data.edgeward.placement.evidence_measured as rule

_rows := [
	{"id": "soaked_long_enough", "evidence": {"measured": true, "soak_minutes": 30}},
	{"id": "one_prediction_in_a_lab", "evidence": {"measured": true, "soak_minutes": 0}},
	{"id": "not_measured", "evidence": {"measured": false, "soak_minutes": 60}},
]

test_exactly_these_pass if {
	rule.pass == {"soaked_long_enough"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"soak_minutes_min": 30}}
}
