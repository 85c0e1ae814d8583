# METADATA
# title: The prediction still arrives in time beside everything else on the device
# description: Use cases on one device wait for each other; the bound counts the items of all of them.
# custom:
#   id: placement.joint_latency
#   stage: assert
#   subject: decision
#   severity: error
#   requirement: R3
#   needs: [bound_ms, budget_ms]
#   solver: true
#   applies_when: {placed: true}
#   at: use_cases.{use_case}.latency.budget_ms
#   message: "{bound_ms} ms at the tail beside the other use cases, the action can wait {budget_ms} ms"
#   remediation: Move a use case to another device, make a model smaller, or spread the triggers.
package edgeward.placement.joint_latency

import rego.v1

pass contains decision.id if {
	some decision in input.decision
	decision.bound_ms <= decision.budget_ms
}
