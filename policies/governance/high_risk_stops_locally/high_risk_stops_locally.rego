# METADATA
# title: A high-risk use case that acts can be stopped without the cloud
# description: "A person has to be able to stop it at any time, also while the link is down: without a prediction it does the safe action, or stops."
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: "EU AI Act, Article 14, human oversight (read)"
# custom:
#   id: governance.high_risk_stops_locally
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R6
#   needs: [regulation.stops_without_the_cloud]
#   applies_when: {regulation.risk: high, authority: actuates}
#   waivable: false
#   at: "use_cases.{use_case}.absent.do"
#   message: "without a prediction it does not stop or do the safe action"
#   remediation: "Set absent.do to safe_action or stop, and see that it works without the link."
package edgeward.governance.high_risk_stops_locally

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.regulation.stops_without_the_cloud
}
