# METADATA
# title: Control levels reach the cloud only through a broker
# description: "A device on the levels of control that talks to the cloud itself is a path from the cloud into control. A broker at the operations level or in the DMZ between them is a place to look, filter and cut."
# related_resources:
#   - ref: https://csrc.nist.gov/pubs/sp/800/82/r3/final
#     description: "NIST SP 800-82r3, DMZ between enterprise and control (read)"
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-2, zones and conduits (read)"
# custom:
#   id: security.control_leaves_by_broker
#   stage: assert
#   subject: flow
#   severity: warning
#   requirement: R23
#   needs: [from_level]
#   applies_when: {to_cloud: true, zones_declared: true}
#   at: "{flow}"
#   message: "the connection to the cloud starts at level {from_level}; it should start at level {thresholds.security.leaves_from_level_min} or above"
#   remediation: "Ask who runs the plant's network whether the box can be on the plant's network, level 3, instead of the line's, or has to send through a broker or gateway there. In the first case write another `zone` at the box, one of level 3 under `zones`, and leave controllers and cameras in theirs; in the second, an entry under `waivers` for this rule names the broker. Where the zone has no level, write that first."
package edgeward.security.control_leaves_by_broker

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.from_level >= data.thresholds.security.leaves_from_level_min
}
