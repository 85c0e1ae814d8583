package edgeward.placement.joint_battery_test

import rego.v1

import data.edgeward.placement.joint_battery as rule

_rows := [
	{"id": "longer", "battery": {"lasts_days": 800, "asked_days": 730}},
	{"id": "just", "battery": {"lasts_days": 730, "asked_days": 730}},
	{"id": "shorter", "battery": {"lasts_days": 729, "asked_days": 730}},
]

test_exactly_these_pass if {
	rule.pass == {"longer", "just"} with input as {"assignment": _rows}
}
