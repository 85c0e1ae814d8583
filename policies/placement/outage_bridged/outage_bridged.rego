# METADATA
# title: The action can do without its link for the worst outage
# description: How long the plant manages without a prediction, against the longest outage that it declares.
# custom:
#   id: placement.outage_bridged
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R2
#   needs: [link.worst_outage_hours, link.bridged_hours]
#   applies_when: {link.may_be_cut: true}
#   at: use_cases.{use_case}.absent.lasts_hours
#   message: "a link on the way can be away for {link.worst_outage_hours} h, the plant manages {link.bridged_hours} h without a prediction"
#   remediation: Place the model nearer to the machine, give the use case a fallback that lasts longer, or make the link more dependable.
package edgeward.placement.outage_bridged

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.link.worst_outage_hours <= candidate.link.bridged_hours
}
