# METADATA
# title: Every use case has a place
# description: A use case that no tier permits, or that is not ready, is withheld and said so.
# custom:
#   id: placement.every_use_case_placed
#   stage: assert
#   subject: decision
#   severity: error
#   requirement: R5
#   needs: [placed]
#   at: use_cases.{use_case}
#   message: "no tier is permitted, or not enough is known"
#   remediation: See which rules block each tier and what would make it fit.
package edgeward.placement.every_use_case_placed

import rego.v1

pass contains decision.id if {
	some decision in input.decision
	decision.placed
}
