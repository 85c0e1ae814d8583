package edgeward.security.opcua_policy_is_sound_test

import rego.v1

import data.edgeward.security.opcua_policy_is_sound as rule

_rows := [
	{"id": "sound", "security_policy": "Basic256Sha256"},
	{"id": "none", "security_policy": "None"},
	{"id": "sha1", "security_policy": "Basic256"},
	{"id": "two_that_differ", "security_policy": "Basic256Sha256, None"},
]

test_exactly_these_pass if {
	rule.pass == {"sound"} with input as {"flow": _rows}
		with data.thresholds as {"security": {"opcua_policies": ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]}}
}
