package edgeward.operations.rebuild_bridged_test

import rego.v1

import data.edgeward.operations.rebuild_bridged as rule

_rows := [
	{"id": "in_time", "failure": {"rebuild_hours": 4, "bridged_hours": 4}},
	{"id": "too_long", "failure": {"rebuild_hours": 8, "bridged_hours": 4}},
]

test_exactly_these_pass if {
	rule.pass == {"in_time"} with input as {"release": _rows}
}
