# METADATA
# title: The prediction arrives before the action needs it
# description: The latency ledger's bound, against the budget of the use case.
# custom:
#   id: placement.latency_fits
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R1
#   needs: [latency.bound_ms, latency.budget_ms]
#   at: use_cases.{use_case}.latency.budget_ms
#   message: "{latency.bound_ms} ms at the tail, the action can wait {latency.budget_ms} ms"
#   remediation: Move the model nearer to the machine, make it smaller (quantize, prune, distil), or give the action more time.
package edgeward.placement.latency_fits

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.latency.bound_ms <= candidate.latency.budget_ms
}
