package edgeward.operations.uploads_can_run_test

import rego.v1

import data.edgeward.operations.uploads_can_run as rule

_rows := [
	{"id": "linux", "source_runs_linux": true},
	{"id": "microcontroller", "source_runs_linux": false},
]

test_exactly_these_pass if {
	rule.pass == {"linux"} with input as {"flow": _rows}
}
