# METADATA
# title: A rollback has somewhere to go
# description: A release that cannot be taken back is not released. The version that runs is no target.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: IEC 62443-3-3 SR 7.4, recovery to a known secure state (recalled)
# custom:
#   id: governance.rollback_has_target
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R15
#   needs: [governance.rollback_has_target]
#   at: use_cases.{use_case}.rollback.to
#   message: "a rollback goes nowhere: no version is named, or the one that runs"
#   remediation: "Say what a rollback goes back to, such as `to: previous`."
package edgeward.governance.rollback_has_target

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.governance.rollback_has_target
}
