# METADATA
# title: The device keeps up with its whole load
# description: The share of the device's time that all its use cases take together.
# custom:
#   id: placement.joint_utilisation
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R3
#   needs: [compute.utilisation]
#   solver: true
#   at: devices.{device}
#   message: "takes a share of {compute.utilisation} of the device's time, at most {thresholds.capacity.utilisation_max} can be sustained"
#   remediation: Score less often, make the model smaller, take a faster device, or add a box.
package edgeward.placement.joint_utilisation

import rego.v1

pass contains device.id if {
	some device in input.assignment
	device.compute.utilisation <= data.thresholds.capacity.utilisation_max
}
