# METADATA
# title: The run was measured under sustained load
# description: "One prediction in a lab is not evidence: heat and neighbours show after minutes."
# custom:
#   id: placement.evidence_measured
#   stage: permit
#   subject: candidate
#   severity: warning
#   requirement: R3
#   needs: [evidence.measured, evidence.soak_minutes]
#   at: use_cases.{use_case}.model
#   message: "measured on this class of device: {evidence.measured}; minutes under sustained load: {evidence.soak_minutes} of {thresholds.capacity.soak_minutes_min}"
#   remediation: Later, once there is a model, have its makers run it on this class of device under its full load for the minutes named (`edgeward profile`), and put the figures into `sites/catalog/models`.
package edgeward.placement.evidence_measured

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.evidence.measured
	candidate.evidence.soak_minutes >= data.thresholds.capacity.soak_minutes_min
}
