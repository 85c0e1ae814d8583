# METADATA
# title: The link carries what leaves the plant, of all use cases together
# description: Streams that fit through the link alone may not fit together.
# custom:
#   id: placement.link_carries_all
#   stage: assert
#   subject: link
#   severity: error
#   requirement: R2
#   needs: [needed_mbps, available_mbps]
#   at: connectivity.uplink_mbps
#   message: "{needed_mbps} Mbit/s leave the plant, the share of the link for ML is {available_mbps} Mbit/s"
#   remediation: Let less leave (features, a share, exceptions), move a model into the plant, or get a faster link.
package edgeward.placement.link_carries_all

import rego.v1

pass contains link.id if {
	some link in input.link
	link.needed_mbps <= link.available_mbps
}
