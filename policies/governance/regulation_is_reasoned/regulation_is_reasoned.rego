# METADATA
# title: "Where people or production depend on it, its class under the law is reasoned"
# description: "Annex III of the AI Act alone misses a collision warning on mobile machinery, so a list of kinds cannot decide it: a named person does, on a day, with a reason."
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: "EU AI Act, Annex III point 2, safety components of critical infrastructure (read)"
#   - ref: https://eur-lex.europa.eu/eli/reg/2023/1230/oj
#     description: "Machinery Regulation, Annex I Part A points 5 and 6 (read)"
# custom:
#   id: governance.regulation_is_reasoned
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R22
#   needs: [regulation.reasoned]
#   applies_when: {criticality: [production, safety], stage: production}
#   at: "use_cases.{use_case}.regulation"
#   message: "the class under the law lacks its reason, its date or who judged it"
#   remediation: "Have somebody who may judge it state the class, why, and when, under regulation."
package edgeward.governance.regulation_is_reasoned

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.regulation.reasoned
}
