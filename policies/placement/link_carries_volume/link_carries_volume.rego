# METADATA
# title: The link carries what leaves the plant
# description: The mean rate that leaves for this use case, against the share of the uplink that ML has.
# custom:
#   id: placement.link_carries_volume
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R2
#   needs: [link.needed_mbps, link.available_mbps]
#   at: use_cases.{use_case}.reads
#   message: "{link.needed_mbps} Mbit/s would leave the plant, the link gives {link.available_mbps} Mbit/s to ML"
#   remediation: Let features, summaries or exceptions leave instead of raw data, score nearer to the machine, or give ML more of the link.
package edgeward.placement.link_carries_volume

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.link.needed_mbps <= candidate.link.available_mbps
}
