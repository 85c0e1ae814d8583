# METADATA
# title: Somebody hears when the budget runs out
# description: A budget that tells nobody is found on the bill.
# custom:
#   id: cloud.budget_tells_somebody
#   stage: judge
#   subject: resource
#   severity: warning
#   requirement: R14
#   needs: [tells_somebody]
#   applies_when: {kind: budget}
#   at: owner
#   message: "the budget tells nobody"
#   remediation: Give the plant an owner with a mail address.
package edgeward.cloud.budget_tells_somebody

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.tells_somebody
}
