# METADATA
# title: The model fits the memory with headroom left
# description: Peak memory under load against what the device has for workloads, less headroom for the runtime and logging.
# custom:
#   id: placement.ram_fits
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [memory.needed_mb, memory.allocatable_mb]
#   at: use_cases.{use_case}.model
#   message: "{memory.needed_mb} MB of memory needed, {memory.allocatable_mb} MB there, of which a share of {thresholds.capacity.ram_headroom_share} stays free"
#   remediation: Quantize or distil the model, take a device with more memory, or move other software off it.
package edgeward.placement.ram_fits

import rego.v1

import data.edgeward.lib.headroom

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.memory.needed_mb <= headroom.usable(candidate.memory.allocatable_mb, data.thresholds.capacity.ram_headroom_share)
}
