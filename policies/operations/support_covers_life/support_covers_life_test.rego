package edgeward.operations.support_covers_life_test

import rego.v1

import data.edgeward.operations.support_covers_life as rule

_rows := [
	{"id": "as_long", "support": {"support_years": 10, "planned_years": 10}},
	{"id": "shorter", "support": {"support_years": 5, "planned_years": 10}},
]

test_exactly_these_pass if {
	rule.pass == {"as_long"} with input as {"device": _rows}
}
