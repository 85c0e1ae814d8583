# METADATA
# title: What else runs on a device has its connections declared
# description: The firewall of a device lets through what is declared. Software that nobody declared a connection of is either cut off or gets a hole that nobody reviewed.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-3 SR 5.2 RE 1, deny by default (recalled)"
# custom:
#   id: security.other_software_is_declared
#   stage: permit
#   subject: device
#   severity: warning
#   requirement: R23
#   needs: [flows_declared]
#   applies_when: {runs_other_software: true}
#   at: "devices.{device}.other_software"
#   message: "other software runs on the device, and no connection of it is declared"
#   remediation: "List under flows what the other software connects to, or take it off the device."
package edgeward.security.other_software_is_declared

import rego.v1

pass contains device.id if {
	some device in input.device
	device.flows_declared
}
