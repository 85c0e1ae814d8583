package edgeward.placement.training_upload_in_time_test

import rego.v1

import data.edgeward.placement.training_upload_in_time as rule

_rows := [
	{"id": "just_in_time", "upload_days": 30, "cadence_days": 30},
	{"id": "never_done", "upload_days": 1000000000000000.0, "cadence_days": 30},
]

test_exactly_these_pass if {
	rule.pass == {"just_in_time"} with input as {"training_candidate": _rows}
}
