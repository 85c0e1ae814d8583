# METADATA
# title: A rollback has somewhere to go
# description: A release that cannot be taken back is not released.
# custom:
#   id: governance.rollback_has_target
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R15
#   needs: [governance.rollback_has_target]
#   at: use_cases.{use_case}.rollback.to
#   message: "no version is named to go back to"
#   remediation: "Say what a rollback goes back to, such as `to: previous`."
package edgeward.governance.rollback_has_target

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.governance.rollback_has_target
}
