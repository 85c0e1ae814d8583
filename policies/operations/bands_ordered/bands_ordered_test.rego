package edgeward.operations.bands_ordered_test

import rego.v1

import data.edgeward.operations.bands_ordered as rule

_rows := [
	{"id": "in_order", "bands": {"act_above": 0.9, "defer_above": 0.6}},
	{"id": "same_limit", "bands": {"act_above": 0.9, "defer_above": 0.9}},
]

test_exactly_these_pass if {
	rule.pass == {"in_order"} with input as {"use_case": _rows}
}
