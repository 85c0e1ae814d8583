# METADATA
# title: A role may do only what it names
# description: A wildcard grants what nobody reviewed.
# custom:
#   id: cloud.no_wildcard_actions
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [wildcard_actions]
#   applies_when: {kind: [role, thing_policy]}
#   at: "{declared_at}"
#   message: "the policy has a wildcard"
#   remediation: Name the actions.
package edgeward.cloud.no_wildcard_actions

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.wildcard_actions == false
}
