package edgeward.governance.high_risk_stops_locally_test

import rego.v1

import data.edgeward.governance.high_risk_stops_locally as rule

_rows := [
	{"id": "it_does", "regulation": {"stops_without_the_cloud": true}},
	{"id": "it_does_not", "regulation": {"stops_without_the_cloud": false}},
]

test_exactly_these_pass if {
	rule.pass == {"it_does"} with input as {"use_case": _rows}
}
