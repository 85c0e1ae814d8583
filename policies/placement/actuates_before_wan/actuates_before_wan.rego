# METADATA
# title: What actuates is never placed behind the WAN
# description: A decision that moves a machine is taken in the plant; the cloud informs or advises.
# custom:
#   id: placement.actuates_before_wan
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R6
#   needs: [authority]
#   applies_when: {tier: cloud}
#   at: use_cases.{use_case}.authority
#   message: "it moves something by itself ({authority}), and the link to the cloud may be away"
#   remediation: Place the model on a device or the plant server, or let the prediction advise a person instead of acting.
package edgeward.placement.actuates_before_wan

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.authority != "actuates"
}
