# METADATA
# title: The input reaches the place where the model runs
# description: A model can only score a signal that gets to it.
# custom:
#   id: placement.input_reaches
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R2
#   needs: [reach.signal]
#   at: use_cases.{use_case}.reachable_from
#   message: "the signal does not get there"
#   remediation: List the device under reachable_from if the signal does reach it, wire the signal to it, or choose another.
package edgeward.placement.input_reaches

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.reach.signal
}
