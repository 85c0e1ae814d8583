# METADATA
# title: The training data may leave the plant
# description: Training in the cloud moves the examples there.
# custom:
#   id: placement.training_data_may_leave
#   stage: permit
#   subject: training_candidate
#   severity: error
#   requirement: R24
#   needs: [data.input_may_leave]
#   applies_when: {tier: cloud}
#   at: use_cases.{use_case}.training
#   message: "a stream that the model learns from may not leave the plant"
#   remediation: Train in the plant, or declare in which form the stream may leave.
package edgeward.placement.training_data_may_leave

import rego.v1

pass contains candidate.id if {
	some candidate in input.training_candidate
	candidate.data.input_may_leave
}
