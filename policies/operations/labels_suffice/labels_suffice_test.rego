package edgeward.operations.labels_suffice_test

import rego.v1

import data.edgeward.operations.labels_suffice as rule

_rows := [
	{"id": "enough", "labels": {"per_cadence": 200, "needed": 200}},
	{"id": "too_few", "labels": {"per_cadence": 1.25, "needed": 200}},
]

test_exactly_these_pass if {
	rule.pass == {"enough"} with input as {"use_case": _rows}
}
