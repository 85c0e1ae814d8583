# METADATA
# title: The whole load of a device fits its storage
# description: All artifacts of a device, with room to update them.
# custom:
#   id: placement.joint_storage
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R3
#   needs: [storage.needed_mb, storage.available_mb]
#   solver: true
#   at: devices.{device}
#   message: "{storage.needed_mb} MB of storage needed, {storage.available_mb} MB there, of which a share of {thresholds.capacity.storage_headroom_share} stays free"
#   remediation: Move a use case to another device, take smaller artifacts, or take a device with more storage.
package edgeward.placement.joint_storage

import rego.v1

import data.edgeward.lib.headroom

pass contains device.id if {
	some device in input.assignment
	device.storage.needed_mb <= headroom.usable(device.storage.available_mb, data.thresholds.capacity.storage_headroom_share)
}
