# METADATA
# title: The tier is a usual choice for such a budget
# description: "The starting thresholds of R1: a first filter that informs, the latency ledger decides."
# custom:
#   id: placement.tier_usual_for_budget
#   stage: permit
#   subject: candidate
#   severity: warning
#   requirement: R1
#   needs: [latency.budget_ms, latency.tier_floor_ms]
#   at: use_cases.{use_case}.latency.budget_ms
#   message: "the action can wait {latency.budget_ms} ms, this tier is usual from {latency.tier_floor_ms} ms"
#   remediation: Check the terms of the latency ledger that nobody has measured yet, or choose a tier nearer to the machine.
package edgeward.placement.tier_usual_for_budget

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.latency.budget_ms >= candidate.latency.tier_floor_ms
}
