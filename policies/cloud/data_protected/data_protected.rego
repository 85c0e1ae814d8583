# METADATA
# title: What holds data is protected from deletion
# description: Taking a use case out of the YAML deletes no records.
# custom:
#   id: cloud.data_protected
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R24
#   needs: [protected]
#   applies_when: {kind: [bucket, key]}
#   at: "{declared_at}"
#   message: "the resource is not protected"
#   remediation: Set protect on the resource.
package edgeward.cloud.data_protected

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.protected
}
