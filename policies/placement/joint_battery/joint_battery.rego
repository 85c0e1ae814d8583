# METADATA
# title: The battery lasts with the whole load of the device
# description: Two models that the battery bears alone may empty it together.
# custom:
#   id: placement.joint_battery
#   stage: assert
#   subject: assignment
#   severity: error
#   requirement: R3
#   needs: [battery.lasts_days, battery.asked_days]
#   solver: true
#   applies_when: {battery.declared: true}
#   at: "devices.{device}.battery_days_at_least"
#   message: "the battery lasts {battery.lasts_days} days, {battery.asked_days} are asked for"
#   remediation: "Score less often, take a smaller model or a thriftier board, give it a larger battery, or change it sooner."
package edgeward.placement.joint_battery

import rego.v1

pass contains device.id if {
	some device in input.assignment
	device.battery.lasts_days >= device.battery.asked_days
}
