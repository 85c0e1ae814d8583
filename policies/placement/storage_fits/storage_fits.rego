# METADATA
# title: Old, new and unpacked model fit the storage
# description: An update needs the old artifact, the new one and room to unpack it at the same time.
# custom:
#   id: placement.storage_fits
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [storage.needed_mb, storage.available_mb]
#   at: use_cases.{use_case}.model
#   message: "{storage.needed_mb} MB of storage needed, {storage.available_mb} MB there, of which a share of {thresholds.capacity.storage_headroom_share} stays free"
#   remediation: Take a smaller artifact, free storage on the device, or take one with more.
package edgeward.placement.storage_fits

import rego.v1

import data.edgeward.lib.headroom

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.storage.needed_mb <= headroom.usable(candidate.storage.available_mb, data.thresholds.capacity.storage_headroom_share)
}
