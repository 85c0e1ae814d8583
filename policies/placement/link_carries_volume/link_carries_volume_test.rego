package edgeward.placement.link_carries_volume_test

import rego.v1

import data.edgeward.placement.link_carries_volume as rule

_rows := [
	{"id": "all_of_the_share", "link": {"needed_mbps": 25, "available_mbps": 25}},
	{"id": "nothing_leaves", "link": {"needed_mbps": 0, "available_mbps": 0}},
	{"id": "more_than_the_share", "link": {"needed_mbps": 128, "available_mbps": 25}},
]

test_exactly_these_pass if {
	rule.pass == {"all_of_the_share", "nothing_leaves"} with input as {"candidate": _rows}
}
