package edgeward.security.flow_encrypted_test

import rego.v1

import data.edgeward.security.flow_encrypted as rule

_rows := [
	{"id": "encrypted_to_the_cloud", "encrypted": true, "from_level": 2, "to_level": 5},
	{"id": "plain_between_machines", "encrypted": false, "from_level": 2, "to_level": 1},
	{"id": "plain_to_the_cloud", "encrypted": false, "from_level": 2, "to_level": 5},
]

test_exactly_these_pass if {
	rule.pass == {"encrypted_to_the_cloud", "plain_between_machines"} with input as {"flow": _rows}
		with data.thresholds as {"security": {"encrypted_from_level": 4}}
}
