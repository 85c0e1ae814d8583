package edgeward.placement.latency_fits_test

import rego.v1

import data.edgeward.placement.latency_fits as rule

_rows := [
	{"id": "at_the_budget", "latency": {"bound_ms": 60, "budget_ms": 60}},
	{"id": "just_over_the_budget", "latency": {"bound_ms": 60.001, "budget_ms": 60}},
	{"id": "no_bound_at_all", "latency": {"bound_ms": 1000000000000000.0, "budget_ms": 60}},
]

test_exactly_these_pass if {
	rule.pass == {"at_the_budget"} with input as {"candidate": _rows}
}
