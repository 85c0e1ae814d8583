# METADATA
# title: All the data of one prediction is in one place
# description: A prediction over a line, a site or a fleet needs the data of all of it where it is made.
# custom:
#   id: placement.scope_covered
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R6
#   needs: [reach.scope_covered]
#   at: use_cases.{use_case}.scope
#   message: "not all the data that one prediction needs is in one place there"
#   remediation: "Place the model where the data comes together: the plant server, or the cloud for a fleet."
package edgeward.placement.scope_covered

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.reach.scope_covered
}
