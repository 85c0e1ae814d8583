package edgeward.operations.update_fits_window_test

import rego.v1

import data.edgeward.operations.update_fits_window as rule

_rows := [
	{"id": "fits", "update": {"download_hours": 1, "window_hours": 4}},
	{"id": "just_fits", "update": {"download_hours": 1.5, "window_hours": 2}},
	{"id": "too_slow", "update": {"download_hours": 1.6, "window_hours": 2}},
]

test_exactly_these_pass if {
	rule.pass == {"fits", "just_fits"} with input as {"release": _rows}
		with data.thresholds as {"operations": {"activation_hours": 0.5}}
}
