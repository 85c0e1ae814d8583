package edgeward.placement.tier_usual_for_budget_test

import rego.v1

import data.edgeward.placement.tier_usual_for_budget as rule

_rows := [
	{"id": "at_the_floor", "latency": {"budget_ms": 100, "tier_floor_ms": 100}},
	{"id": "under_the_floor", "latency": {"budget_ms": 99, "tier_floor_ms": 100}},
]

test_exactly_these_pass if {
	rule.pass == {"at_the_floor"} with input as {"candidate": _rows}
}
