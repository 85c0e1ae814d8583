# METADATA
# title: A resource says whose it is
# description: Cost and ownership follow the tags.
# custom:
#   id: cloud.resources_tagged
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R17
#   needs: [tagged]
#   applies_when: {kind: [bucket, key, role, thing_policy]}
#   at: "{declared_at}"
#   message: "the tags of plant and owner are missing"
#   remediation: Tag the resource.
package edgeward.cloud.resources_tagged

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.tagged
}
