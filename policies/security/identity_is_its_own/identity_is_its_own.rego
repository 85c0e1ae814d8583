# METADATA
# title: A device proves itself with a certificate of its own
# description: One identity per device is what makes it possible to lock one out. Judged where the device says how it gets its certificate.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-3 SR 1.2, devices identify and authenticate themselves (recalled)"
# custom:
#   id: security.identity_is_its_own
#   stage: permit
#   subject: device
#   severity: error
#   requirement: R23
#   needs: [identity]
#   applies_when: {identity_stated: true}
#   at: "devices.{device}.identity"
#   message: "identity: {identity}"
#   remediation: "Let the device make its own key and send a signing request (csr), or use its security chip (tpm)."
package edgeward.security.identity_is_its_own

import rego.v1

pass contains device.id if {
	some device in input.device
	device.identity in data.thresholds.security.identities
}
