# METADATA
# title: The buffer holds the worst outage
# description: What piles up while the link is away is kept on the device until it can leave.
# custom:
#   id: operations.buffer_holds_outage
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R20
#   needs: [buffer.needed_mb, storage.available_mb]
#   at: devices.{device}
#   message: "{buffer.needed_mb} MB pile up over the worst outage, {storage.available_mb} MB are there, of which a share of {thresholds.capacity.storage_headroom_share} stays free"
#   remediation: Let less leave, keep data for a shorter time, or take a device with more storage.
package edgeward.operations.buffer_holds_outage

import rego.v1

import data.edgeward.lib.headroom

pass contains device.id if {
	some device in input.assignment
	device.buffer.needed_mb <= headroom.usable(device.storage.available_mb, data.thresholds.capacity.storage_headroom_share)
}
