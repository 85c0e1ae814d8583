package edgeward.placement.outage_bridged_test

import rego.v1

import data.edgeward.placement.outage_bridged as rule

_rows := [
	{"id": "as_long_as_the_outage", "link": {"worst_outage_hours": 8, "bridged_hours": 8}},
	{"id": "outage_is_longer", "link": {"worst_outage_hours": 8, "bridged_hours": 4}},
]

test_exactly_these_pass if {
	rule.pass == {"as_long_as_the_outage"} with input as {"candidate": _rows}
}
