# METADATA
# title: A bucket is encrypted with a key
# description: Data at rest is encrypted.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: IEC 62443-3-3 SR 4.1, confidentiality of data at rest (recalled)
# custom:
#   id: cloud.bucket_encrypted
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [encrypted]
#   applies_when: {kind: bucket}
#   at: "{declared_at}"
#   message: "the bucket has no encryption"
#   remediation: Give it server-side encryption with a key.
package edgeward.cloud.bucket_encrypted

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.encrypted
}
