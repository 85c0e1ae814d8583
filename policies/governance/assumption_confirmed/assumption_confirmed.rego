# METADATA
# title: In production nothing is assumed any more
# description: "An assumption is a promise to find out. Before a use case goes to production, or to a second plant, what it rests on is measured or agreed."
# custom:
#   id: governance.assumption_confirmed
#   stage: permit
#   subject: assumption
#   severity: error
#   requirement: R26
#   needs: [in_production]
#   at: "{assumption}"
#   message: "a use case in production rests on what is only assumed"
#   remediation: "Measure or agree the value, declare it at its place, and take the assumption out."
package edgeward.governance.assumption_confirmed

import rego.v1

pass contains assumption.id if {
	some assumption in input.assumption
	assumption.in_production == false
}
