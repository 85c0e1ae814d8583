# METADATA
# title: A safety use case has an independent protection
# description: "edgeward never is the safety function: what protects people is independent, approved and activated by a person."
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/1230/oj
#     description: Machinery Regulation, Annex I Part A points 5 and 6 (read)
# custom:
#   id: operations.safety_protected_independently
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R28
#   needs: [safety.independent_protection]
#   applies_when: {criticality: safety}
#   waivable: false
#   at: use_cases.{use_case}.protected_by
#   message: "nothing independent of the model protects people"
#   remediation: Name the independent protection under protected_by; edgeward never is the safety function.
package edgeward.operations.safety_protected_independently

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.safety.independent_protection
}
