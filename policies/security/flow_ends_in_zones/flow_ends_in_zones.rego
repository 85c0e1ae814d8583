# METADATA
# title: Both ends of a connection are in a zone
# description: An endpoint without a zone has no firewall that could be checked.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: IEC 62443-3-2, zones and conduits (read)
# custom:
#   id: security.flow_ends_in_zones
#   stage: assert
#   subject: flow
#   severity: warning
#   requirement: R23
#   needs: [zones_declared]
#   at: "{flow}"
#   message: "{id}: the zone of an end of it is not declared"
#   remediation: "Ask who runs the plant's network in which zone, a part behind one firewall, each end of the connection stands or will stand; what talks to the cloud should be on level 3, the plant's operations, or above. Write it at the device or stream, as `zone: line-2`, and take out what is assumed of it; for a receiver that is no box, a device with a zone alone, as `{name: plc-2, zone: line-2}`. A zone that is not under `zones` yet is added there with its level, as `{name: line-2, level: 2}`: 2 the line's control, 3 the plant's operations, 4 the office."
package edgeward.security.flow_ends_in_zones

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.zones_declared
}
