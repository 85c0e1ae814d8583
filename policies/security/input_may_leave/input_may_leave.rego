# METADATA
# title: What the model reads may leave the plant
# description: In the cloud the model would read data that its declaration keeps in the plant.
# custom:
#   id: security.input_may_leave
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R24
#   needs: [data.input_may_leave]
#   applies_when: {tier: cloud}
#   at: use_cases.{use_case}.reads
#   message: "not all that the model reads may leave the plant"
#   remediation: Place the model in the plant, or declare in which form the stream may leave.
package edgeward.security.input_may_leave

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.data.input_may_leave
}
