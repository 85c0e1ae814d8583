package edgeward.security.personal_data_stays_test

import rego.v1

import data.edgeward.security.personal_data_stays as rule

_rows := [
	{"id": "no_personal_data", "personal_data": "none", "leaves_as": "raw"},
	{"id": "anonymised", "personal_data": "personal", "leaves_as": "anonymised"},
	{"id": "raw_faces", "personal_data": "personal", "leaves_as": "raw"},
	{"id": "pseudonymous_features", "personal_data": "pseudonymous", "leaves_as": "features"},
]

test_exactly_these_pass if {
	rule.pass == {"no_personal_data", "anonymised"} with input as {"stream": _rows}
		with data.thresholds as {"security": {"personal_data_leaves_as": ["anonymised", "summary"]}}
}
