# METADATA
# title: A connection to the office network or the cloud is encrypted
# description: Below the level from which encryption is asked, machines may speak their plain protocols.
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-iec-62443-series-of-standards
#     description: IEC 62443-3-3 SR 4.1, confidentiality of data in transit (recalled)
# custom:
#   id: security.flow_encrypted
#   stage: assert
#   subject: flow
#   severity: error
#   requirement: R23
#   needs: [encrypted, from_level, to_level]
#   at: "{flow}"
#   message: "encrypted: {encrypted}, from level {from_level} to level {to_level}; from level {thresholds.security.encrypted_from_level} on it has to be"
#   remediation: Use the protocol's encrypted form, or end the connection at a gateway in the plant.
package edgeward.security.flow_encrypted

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.encrypted
}

pass contains flow.id if {
	some flow in input.flow
	flow.from_level < data.thresholds.security.encrypted_from_level
	flow.to_level < data.thresholds.security.encrypted_from_level
}
