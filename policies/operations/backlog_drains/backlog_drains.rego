# METADATA
# title: The backlog drains before the next outage
# description: How long the share of the link takes to drain what piled up, against the time between outages.
# custom:
#   id: operations.backlog_drains
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R20
#   needs: [buffer.drain_hours, buffer.between_outages_hours]
#   at: devices.{device}
#   message: "draining takes {buffer.drain_hours} h, the next outage comes after {buffer.between_outages_hours} h"
#   remediation: Let less leave, give ML more of the link, or drop what is not worth sending late.
package edgeward.operations.backlog_drains

import rego.v1

pass contains device.id if {
	some device in input.assignment
	device.buffer.drain_hours <= device.buffer.between_outages_hours
}
