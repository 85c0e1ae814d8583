package edgeward.placement.tail_covered_test

import rego.v1

import data.edgeward.placement.tail_covered as rule

_rows := [
	{"id": "deep_enough", "latency": {"late_share": 0.01, "late_allowed": 0.01}},
	{"id": "not_deep_enough", "latency": {"late_share": 0.02, "late_allowed": 0.01}},
]

test_exactly_these_pass if {
	rule.pass == {"deep_enough"} with input as {"candidate": _rows}
}
