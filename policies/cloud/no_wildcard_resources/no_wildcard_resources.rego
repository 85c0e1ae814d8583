# METADATA
# title: A policy reaches only what the plant has
# description: A policy on every topic or every bucket lets one plant read another's.
# custom:
#   id: cloud.no_wildcard_resources
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [wildcard_resources]
#   applies_when: {kind: [role, thing_policy]}
#   at: "{declared_at}"
#   message: "the policy allows it on every resource of a kind"
#   remediation: "Name the resources, or narrow them by a condition."
package edgeward.cloud.no_wildcard_resources

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.wildcard_resources == false
}
