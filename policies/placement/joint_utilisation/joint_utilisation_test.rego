package edgeward.placement.joint_utilisation_test

import rego.v1

import data.edgeward.placement.joint_utilisation as rule

_rows := [
	{"id": "at_the_limit", "compute": {"utilisation": 0.8}},
	{"id": "over_the_limit", "compute": {"utilisation": 0.81}},
	{"id": "overloaded", "compute": {"utilisation": 1000000000000000.0}},
]

test_exactly_these_pass if {
	rule.pass == {"at_the_limit"} with input as {"assignment": _rows}
		with data.thresholds as {"capacity": {"utilisation_max": 0.8}}
}
