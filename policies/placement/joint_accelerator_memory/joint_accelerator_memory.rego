# METADATA
# title: The whole load of a device fits its accelerator
# description: Two models that fit alone may not fit together.
# custom:
#   id: placement.joint_accelerator_memory
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R3
#   needs: [memory.accelerator_needed_mb, memory.accelerator_mb]
#   solver: true
#   at: devices.{device}
#   message: "{memory.accelerator_needed_mb} MB of accelerator memory needed, {memory.accelerator_mb} MB there, of which a share of {thresholds.capacity.accelerator_headroom_share} stays free"
#   remediation: Move a use case to another device, make a model smaller, or take a device with more accelerator memory.
package edgeward.placement.joint_accelerator_memory

import rego.v1

import data.edgeward.lib.headroom

pass contains device.id if {
	some device in input.assignment
	device.memory.accelerator_needed_mb <= headroom.usable(device.memory.accelerator_mb, data.thresholds.capacity.accelerator_headroom_share)
}
