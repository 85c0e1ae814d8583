# METADATA
# title: A waiver covers something that is found
# description: "A waiver of nothing is a promise that nobody needs any more, or one with a mistyped rule."
# custom:
#   id: governance.waiver_covers_a_finding
#   stage: assert
#   subject: used_waiver
#   severity: error
#   requirement: R25
#   needs: [covers]
#   waivable: false
#   at: "{waiver}"
#   message: "the rule finds nothing at this place"
#   remediation: "Take the waiver out, or correct its rule or its place."
package edgeward.governance.waiver_covers_a_finding

import rego.v1

pass contains used_waiver.id if {
	some used_waiver in input.used_waiver
	used_waiver.covers
}
