# METADATA
# title: New training data is up before the next training
# description: The data of one cadence over the share of the link that ML has, within the sync windows.
# custom:
#   id: placement.training_upload_in_time
#   stage: permit
#   subject: training_candidate
#   severity: error
#   requirement: R2
#   needs: [upload_days, cadence_days]
#   applies_when: {tier: cloud}
#   at: use_cases.{use_case}.training.cadence
#   message: "the upload takes {upload_days} days, the next training is after {cadence_days} days"
#   remediation: Let selected examples or features leave instead of all, train less often, train in the plant, or widen the link.
package edgeward.placement.training_upload_in_time

import rego.v1

pass contains candidate.id if {
	some candidate in input.training_candidate
	candidate.upload_days <= candidate.cadence_days
}
