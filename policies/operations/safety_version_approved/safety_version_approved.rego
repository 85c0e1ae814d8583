# METADATA
# title: A safety use case runs the approved version
# description: "edgeward never is the safety function: what protects people is independent, approved and activated by a person."
# custom:
#   id: operations.safety_version_approved
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R28
#   needs: [safety.version_approved]
#   applies_when: {criticality: safety}
#   waivable: false
#   at: use_cases.{use_case}.approved_version
#   message: "the model's version is not the approved one"
#   remediation: Have the version approved, or declare the approved one.
package edgeward.operations.safety_version_approved

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.safety.version_approved
}
