package edgeward.placement.compute_sustained_test

import rego.v1

import data.edgeward.placement.compute_sustained as rule

_rows := [
	{"id": "at_the_limit", "compute": {"utilisation": 0.8}},
	{"id": "over_the_limit", "compute": {"utilisation": 0.81}},
	{"id": "overloaded", "compute": {"utilisation": 1000000000000000.0}},
]

test_exactly_these_pass if {
	rule.pass == {"at_the_limit"} with input as {"candidate": _rows}
		with data.thresholds as {"capacity": {"utilisation_max": 0.8}}
}
