# METADATA
# title: No private key is in the stack's state
# description: Whoever can read the state could be the device. A device makes its key itself and sends a signing request.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-3 SR 1.9, strength of public key authentication (recalled)"
# custom:
#   id: cloud.no_private_key_in_state
#   stage: judge
#   subject: resource
#   severity: error
#   requirement: R23
#   needs: [private_key_in_state]
#   applies_when: {kind: secret}
#   at: "{declared_at}"
#   message: "the private key would be made in the cloud and stored in the state"
#   remediation: "Sign the device's own request (csr), so that its key never leaves it."
package edgeward.cloud.no_private_key_in_state

import rego.v1

pass contains resource.id if {
	some resource in input.resource
	resource.private_key_in_state == false
}
