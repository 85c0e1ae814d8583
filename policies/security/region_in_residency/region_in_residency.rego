# METADATA
# title: The cloud region is within the declared residency
# description: Data stays in the places that the plant names.
# custom:
#   id: security.region_in_residency
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R24
#   needs: [data.region_in_residency]
#   applies_when: {tier: cloud}
#   at: cloud.residency
#   message: "the cloud region is outside the plant's residency"
#   remediation: Choose a region inside the residency, or have the residency widened by those who own it.
package edgeward.security.region_in_residency

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.data.region_in_residency
}
