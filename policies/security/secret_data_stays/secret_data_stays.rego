# METADATA
# title: Secret data stays in the plant
# description: "What the plant calls secret does not leave as it is. The forms are data: who owns the secret may narrow or widen them."
# custom:
#   id: security.secret_data_stays
#   stage: permit
#   subject: stream
#   severity: error
#   requirement: R24
#   needs: [leaves_as]
#   applies_when: {sensitivity: secret}
#   at: "streams.{stream}.leaves"
#   message: "the data is secret, and it leaves as: {leaves_as}"
#   remediation: "Keep it in the plant, let it leave anonymised, or have its sensitivity judged again."
package edgeward.security.secret_data_stays

import rego.v1

pass contains stream.id if {
	some stream in input.stream
	stream.leaves_as in data.thresholds.security.secret_leaves_as
}
