package edgeward.security.boot_is_verified_test

import rego.v1

import data.edgeward.security.boot_is_verified as rule

_rows := [
	{"id": "verified", "secure_boot": "yes", "zone": {"security_level": 2}},
	{"id": "low_zone", "secure_boot": "no", "zone": {"security_level": 1}},
	{"id": "not_verified", "secure_boot": "no", "zone": {"security_level": 2}},
	{"id": "nobody_says", "secure_boot": "not stated", "zone": {"security_level": 3}},
]

test_exactly_these_pass if {
	rule.pass == {"verified", "low_zone"} with input as {"device": _rows}
		with data.thresholds as {"security": {"verified_boot_from_level": 2}}
}
