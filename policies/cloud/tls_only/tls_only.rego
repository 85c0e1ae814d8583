# METADATA
# title: A bucket is reached only over TLS
# description: Data in transit is encrypted.
# custom:
#   id: cloud.tls_only
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [tls_only]
#   applies_when: {kind: bucket}
#   at: "{declared_at}"
#   message: "requests without TLS are not refused"
#   remediation: Refuse requests without TLS in the bucket's policy.
package edgeward.cloud.tls_only

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.tls_only
}
