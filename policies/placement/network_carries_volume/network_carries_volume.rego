# METADATA
# title: The plant's network carries the input to the model
# description: What the use case reads away from where it is captured, against the network or the declared link between.
# custom:
#   id: placement.network_carries_volume
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R2
#   needs: [network.needed_mbps, network.available_mbps]
#   at: use_cases.{use_case}.reads
#   message: "{network.needed_mbps} Mbit/s would travel inside the plant, the way there carries {network.available_mbps} Mbit/s"
#   remediation: Score nearer to the machine, reduce what is sent there, or build a faster network.
package edgeward.placement.network_carries_volume

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.network.needed_mbps <= candidate.network.available_mbps
}
