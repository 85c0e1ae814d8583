# METADATA
# title: A safety use case is activated by hand
# description: "edgeward never is the safety function: what protects people is independent, approved and activated by a person."
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: EU AI Act, Article 14, human oversight (read)
# custom:
#   id: operations.safety_activates_by_hand
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R28
#   needs: [safety.activates_by_hand]
#   applies_when: {criticality: safety}
#   waivable: false
#   at: use_cases.{use_case}.bands
#   message: "it would act or route by itself"
#   remediation: "Take the bands away: a named person activates at standstill."
package edgeward.operations.safety_activates_by_hand

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.safety.activates_by_hand
}
