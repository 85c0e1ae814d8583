# METADATA
# title: The model fits the accelerator with headroom left
# description: Memory taken on the accelerator against what the device has.
# custom:
#   id: placement.accelerator_memory_fits
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [memory.accelerator_needed_mb, memory.accelerator_mb]
#   at: use_cases.{use_case}.model
#   message: "{memory.accelerator_needed_mb} MB of accelerator memory needed, {memory.accelerator_mb} MB there, of which a share of {thresholds.capacity.accelerator_headroom_share} stays free"
#   remediation: Quantize or distil the model, run it without the accelerator, or take a device with more accelerator memory.
package edgeward.placement.accelerator_memory_fits

import rego.v1

import data.edgeward.lib.headroom

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.memory.accelerator_needed_mb <= headroom.usable(candidate.memory.accelerator_mb, data.thresholds.capacity.accelerator_headroom_share)
}
