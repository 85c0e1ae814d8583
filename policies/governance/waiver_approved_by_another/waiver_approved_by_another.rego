# METADATA
# title: Somebody else than the owner approves a waiver
# description: "Four eyes on what is accepted. Where the fleet names approvers, or CODEOWNERS names who reviews the plant's file, it is one of them; the review of the merged commit proves it."
# custom:
#   id: governance.waiver_approved_by_another
#   stage: permit
#   subject: waiver
#   severity: error
#   requirement: R25
#   needs: [approved_by_another]
#   waivable: false
#   at: "{waiver}"
#   message: "it is approved by nobody, by its owner, or by somebody who is neither an approver of the fleet nor a code owner of the plant"
#   remediation: Name under approved_by an approver of the fleet, or a code owner of the plant's file, who is not the owner.
package edgeward.governance.waiver_approved_by_another

import rego.v1

pass contains waiver.id if {
	some waiver in input.waiver
	waiver.approved_by_another
}
