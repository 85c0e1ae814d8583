# METADATA
# title: A bucket cannot be made public
# description: One wrong policy must not publish a plant's data.
# custom:
#   id: cloud.public_access_blocked
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [public_access_blocked]
#   applies_when: {kind: bucket}
#   at: "{declared_at}"
#   message: "public access is not blocked"
#   remediation: Block public access in all four ways.
package edgeward.cloud.public_access_blocked

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.public_access_blocked
}
