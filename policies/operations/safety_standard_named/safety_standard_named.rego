# METADATA
# title: A safety use case names its standard
# description: "edgeward never is the safety function: what protects people is independent, approved and activated by a person."
# custom:
#   id: operations.safety_standard_named
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R28
#   needs: [safety.standard_named]
#   applies_when: {criticality: safety}
#   waivable: false
#   at: use_cases.{use_case}.standard
#   message: "no standard is named that the protection follows"
#   remediation: Name the standard under standard, such as IEC 61508 or ISO 13849.
package edgeward.operations.safety_standard_named

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.safety.standard_named
}
