# METADATA
# title: Another person than the owner approves a promotion
# description: Four eyes on what goes to the line.
# custom:
#   id: governance.approver_not_owner
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R21
#   needs: [governance.approver_is_owner]
#   at: use_cases.{use_case}.updates.approver
#   message: "the owner approves the own updates"
#   remediation: Name an approver who is not the owner.
package edgeward.governance.approver_not_owner

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.governance.approver_is_owner == false
}
