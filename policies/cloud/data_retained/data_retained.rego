# METADATA
# title: What holds data is kept when its declaration goes
# description: Taking a use case out of the YAML deletes no records.
# custom:
#   id: cloud.data_retained
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R24
#   needs: [retained]
#   applies_when: {kind: [bucket, key]}
#   at: "{declared_at}"
#   message: "the resource would be deleted with its declaration"
#   remediation: Set retain_on_delete on the resource.
package edgeward.cloud.data_retained

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.retained
}
