package edgeward.placement.actuates_before_wan_test

import rego.v1

import data.edgeward.placement.actuates_before_wan as rule

_rows := [
	{"id": "advises_from_the_cloud", "authority": "advises"},
	{"id": "actuates_from_the_cloud", "authority": "actuates"},
]

test_exactly_these_pass if {
	rule.pass == {"advises_from_the_cloud"} with input as {"candidate": _rows}
}
