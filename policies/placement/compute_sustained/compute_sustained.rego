# METADATA
# title: The device keeps up under sustained load
# description: The share of the device's time that the load takes, with room for heat and bursts.
# custom:
#   id: placement.compute_sustained
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [compute.utilisation]
#   at: use_cases.{use_case}.model
#   message: "takes a share of {compute.utilisation} of the device's time, at most {thresholds.capacity.utilisation_max} can be sustained"
#   remediation: Score less often, make the model smaller, take a faster device, or add a box.
package edgeward.placement.compute_sustained

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.compute.utilisation <= data.thresholds.capacity.utilisation_max
}
