# METADATA
# title: The whole load of a device fits its memory
# description: Two models that fit alone may not fit together.
# custom:
#   id: placement.joint_ram
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R3
#   needs: [memory.needed_mb, memory.allocatable_mb]
#   solver: true
#   at: devices.{device}
#   message: "{memory.needed_mb} MB of memory needed, {memory.allocatable_mb} MB there, of which a share of {thresholds.capacity.ram_headroom_share} stays free"
#   remediation: Move a use case to another device, make a model smaller, or take a device with more memory.
package edgeward.placement.joint_ram

import rego.v1

import data.edgeward.lib.headroom

pass contains device.id if {
	some device in input.assignment
	device.memory.needed_mb <= headroom.usable(device.memory.allocatable_mb, data.thresholds.capacity.ram_headroom_share)
}
