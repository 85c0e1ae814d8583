package edgeward.security.secret_data_stays_test

import rego.v1

import data.edgeward.security.secret_data_stays as rule

_rows := [
	{"id": "stays", "leaves_as": "stays"},
	{"id": "anonymised", "leaves_as": "anonymised"},
	{"id": "features", "leaves_as": "features"},
]

test_exactly_these_pass if {
	rule.pass == {"stays", "anonymised"} with input as {"stream": _rows}
		with data.thresholds as {"security": {"secret_leaves_as": ["stays", "anonymised"]}}
}
