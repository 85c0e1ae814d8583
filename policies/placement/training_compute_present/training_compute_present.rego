# METADATA
# title: A device of the plant can train
# description: Training in the plant needs a device that is made for it.
# custom:
#   id: placement.training_compute_present
#   stage: permit
#   subject: training_candidate
#   severity: error
#   requirement: R6
#   needs: [compute_present]
#   applies_when: {tier: plant}
#   at: use_cases.{use_case}.training
#   message: "no device of the plant can train this model"
#   remediation: Train in the cloud, or add a device with an accelerator and the memory for it.
package edgeward.placement.training_compute_present

import rego.v1

pass contains candidate.id if {
	some candidate in input.training_candidate
	candidate.compute_present
}
