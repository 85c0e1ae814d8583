# METADATA
# title: Nothing in the cloud opens a connection to the control levels
# description: A connection from the cloud ends at the plant's operations level or above; control stays behind it.
# related_resources:
#   - ref: https://csrc.nist.gov/pubs/sp/800/82/r3/final
#     description: NIST SP 800-82r3, DMZ between enterprise and control (read)
# custom:
#   id: security.cloud_reaches_no_control
#   stage: assert
#   subject: flow
#   severity: error
#   requirement: R23
#   needs: [to_level]
#   applies_when: {from_cloud: true}
#   at: "{flow}"
#   message: "the cloud would open a connection to level {to_level}, it may reach level {thresholds.security.cloud_reaches_level_min} and above"
#   remediation: Let the device open the connection, or end it at a broker between the levels.
package edgeward.security.cloud_reaches_no_control

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.to_level >= data.thresholds.security.cloud_reaches_level_min
}
