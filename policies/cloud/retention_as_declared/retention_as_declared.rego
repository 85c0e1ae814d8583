# METADATA
# title: The bucket empties when the streams say so
# description: Retention is a promise to delete. What the bucket does has to be what the plant declares.
# custom:
#   id: cloud.retention_as_declared
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R24
#   needs: [retention_as_declared]
#   applies_when: {kind: bucket}
#   at: "{declared_at}"
#   message: "a stream's folder is not emptied after the days that the stream declares"
#   remediation: Let the lifecycle rule of each folder expire it after the stream's retention_days.
package edgeward.cloud.retention_as_declared

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.retention_as_declared
}
