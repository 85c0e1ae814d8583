package edgeward.placement.joint_latency_test

import rego.v1

import data.edgeward.placement.joint_latency as rule

_rows := [
	{"id": "in_time", "bound_ms": 50, "budget_ms": 60},
	{"id": "just_in_time", "bound_ms": 60, "budget_ms": 60},
	{"id": "late", "bound_ms": 61, "budget_ms": 60},
]

test_exactly_these_pass if {
	rule.pass == {"in_time", "just_in_time"} with input as {"decision": _rows}
}
