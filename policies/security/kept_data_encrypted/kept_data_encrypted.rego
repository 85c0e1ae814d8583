# METADATA
# title: A device keeps sensitive data on an encrypted volume
# description: "A box can be carried away, and what it has buffered for the worst outage goes with it. Judged where data that is confidential, secret or about people is captured at the device. A class that can do it gets units that refuse to start without such a volume."
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-4-2 CR 4.1, information confidentiality at rest (recalled)"
# custom:
#   id: security.kept_data_encrypted
#   stage: permit
#   subject: device
#   severity: warning
#   requirement: R23
#   needs: [encrypted_volume]
#   applies_when: {keeps_sensitive_data: true}
#   at: "devices.{device}.class"
#   message: "encrypted volume of the class: {encrypted_volume}; sensitive data is kept there"
#   remediation: "Take a class with an encrypted volume, say in the catalog that this one has it (encrypted_volume: true), or capture the data at another device."
package edgeward.security.kept_data_encrypted

import rego.v1

pass contains device.id if {
	some device in input.device
	device.encrypted_volume == "yes"
}
