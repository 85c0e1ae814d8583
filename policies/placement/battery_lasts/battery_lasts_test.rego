package edgeward.placement.battery_lasts_test

import rego.v1

import data.edgeward.placement.battery_lasts as rule

_rows := [
	{"id": "longer", "battery": {"lasts_days": 800, "asked_days": 730}},
	{"id": "just", "battery": {"lasts_days": 730, "asked_days": 730}},
	{"id": "shorter", "battery": {"lasts_days": 729, "asked_days": 730}},
]

test_exactly_these_pass if {
	rule.pass == {"longer", "just"} with input as {"candidate": _rows}
}
