package edgeward.operations.reviewers_keep_up_test

import rego.v1

import data.edgeward.operations.reviewers_keep_up as rule

_rows := [
	{"id": "half", "review": {"busy": 0.5}},
	{"id": "just_the_limit", "review": {"busy": 0.8}},
	{"id": "over", "review": {"busy": 0.81}},
	{"id": "far_over", "review": {"busy": 40}},
]

test_exactly_these_pass if {
	rule.pass == {"half", "just_the_limit"} with input as {"use_case": _rows}
		with data.thresholds as {"operations": {"review_busy_max": 0.8}}
}
