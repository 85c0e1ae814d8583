package edgeward.operations.signatures_outlast_outage_test

import rego.v1

import data.edgeward.operations.signatures_outlast_outage as rule

_rows := [
	{"id": "long_enough", "signatures": {"good_hours": 360, "dark_hours": 359}},
	{"id": "never_dark", "signatures": {"good_hours": 12, "dark_hours": 0}},
	{"id": "to_the_hour", "signatures": {"good_hours": 360, "dark_hours": 360}},
]

test_exactly_these_pass if {
	rule.pass == {"long_enough", "never_dark"} with input as {"site": _rows}
}
