package edgeward.security.control_leaves_by_broker_test

import rego.v1

import data.edgeward.security.control_leaves_by_broker as rule

_rows := [
	{"id": "from_operations", "from_level": 3},
	{"id": "from_the_dmz", "from_level": 3.5},
	{"id": "from_the_line", "from_level": 2},
]

test_exactly_these_pass if {
	rule.pass == {"from_operations", "from_the_dmz"} with input as {"flow": _rows}
		with data.thresholds as {"security": {"leaves_from_level_min": 3}}
}
