# METADATA
# title: The waived rule allows a waiver
# description: Some rules allow none, such as those of a safety use case.
# custom:
#   id: governance.waiver_allowed
#   stage: permit
#   subject: waiver
#   severity: error
#   requirement: R25
#   needs: [rule_waivable]
#   waivable: false
#   at: "{waiver}"
#   message: "the rule allows no waiver"
#   remediation: Take the waiver away and make the declaration right.
package edgeward.governance.waiver_allowed

import rego.v1

pass contains waiver.id if {
	some waiver in input.waiver
	waiver.rule_waivable
}
