# METADATA
# title: A device in a zone of security level 2 or more verifies what it boots
# description: "Whoever can reach the box could else start another system on it, and every check above that would be worth nothing. Judged where the zone states its security level."
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-4-2 EDR and HDR 3.12 to 3.14, root of trust and verified boot (recalled)"
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-2, target security level of a zone (read)"
# custom:
#   id: security.boot_is_verified
#   stage: permit
#   subject: device
#   severity: error
#   error_from: 2027-07-01
#   requirement: R23
#   needs: [secure_boot, zone.security_level]
#   applies_when: {zone.level_declared: true}
#   at: "devices.{device}.class"
#   message: "secure boot of the class: {secure_boot}; the zone asks for security level {zone.security_level}"
#   remediation: "Take a class with secure boot, have the class's maker confirm it in the catalog, or put the device into a zone of a lower level."
package edgeward.security.boot_is_verified

import rego.v1

pass contains device.id if {
	some device in input.device
	device.secure_boot == "yes"
}

pass contains device.id if {
	some device in input.device
	device.zone.security_level < data.thresholds.security.verified_boot_from_level
}
