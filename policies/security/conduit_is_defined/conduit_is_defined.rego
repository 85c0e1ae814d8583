# METADATA
# title: A connection between two zones is a defined conduit
# description: "A conduit has a direction, a protocol and a port. A firewall can let through just that and refuse the rest; a connection without a port opens all of them."
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-2, zones and conduits (read)"
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: "IEC 62443-3-3 SR 5.2 RE 1, deny by default (recalled)"
# custom:
#   id: security.conduit_is_defined
#   stage: assert
#   subject: flow
#   severity: error
#   requirement: R23
#   needs: [defined]
#   applies_when: {crosses_zones: true}
#   at: "{flow}"
#   message: "the connection crosses a zone boundary, and its port is not known"
#   remediation: "Name the protocol, and the port where the protocol has none of its own."
package edgeward.security.conduit_is_defined

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.defined
}
