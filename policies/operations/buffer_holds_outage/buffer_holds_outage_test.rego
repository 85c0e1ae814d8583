package edgeward.operations.buffer_holds_outage_test

import rego.v1

import data.edgeward.operations.buffer_holds_outage as rule

_rows := [
	{"id": "fits", "buffer": {"needed_mb": 90}, "storage": {"available_mb": 100}},
	{"id": "fills_up", "buffer": {"needed_mb": 91}, "storage": {"available_mb": 100}},
]

test_exactly_these_pass if {
	rule.pass == {"fits"} with input as {"assignment": _rows}
		with data.thresholds as {"capacity": {"storage_headroom_share": 0.1}}
}
