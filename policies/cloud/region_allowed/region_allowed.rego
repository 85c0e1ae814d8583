# METADATA
# title: A resource is in a region of the residency
# description: Data stays in the places that the plant names.
# custom:
#   id: cloud.region_allowed
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R24
#   needs: [region_allowed]
#   applies_when: {kind: [bucket, key, thing_policy]}
#   at: "{declared_at}"
#   message: "the region is outside the plant's residency"
#   remediation: Choose a region inside the residency.
package edgeward.cloud.region_allowed

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.region_allowed
}
