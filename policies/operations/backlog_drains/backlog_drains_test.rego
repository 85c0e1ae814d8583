package edgeward.operations.backlog_drains_test

import rego.v1

import data.edgeward.operations.backlog_drains as rule

_rows := [
	{"id": "drained_in_time", "buffer": {"drain_hours": 12, "between_outages_hours": 365}},
	{"id": "never_drained", "buffer": {"drain_hours": 1000000000000000.0, "between_outages_hours": 365}},
	{"id": "still_draining", "buffer": {"drain_hours": 400, "between_outages_hours": 365}},
]

test_exactly_these_pass if {
	rule.pass == {"drained_in_time"} with input as {"assignment": _rows}
}
