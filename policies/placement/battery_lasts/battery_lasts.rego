# METADATA
# title: The battery lasts as long as it has to
# description: "A model that scores all day empties a battery that would last for years. Judged where the plant says for how many days; what an inference takes is measured, on that board."
# custom:
#   id: placement.battery_lasts
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [battery.lasts_days, battery.asked_days]
#   applies_when: {battery.declared: true}
#   at: "devices.{device}.battery_days_at_least"
#   message: "the battery lasts {battery.lasts_days} days, {battery.asked_days} are asked for"
#   remediation: "Score less often, take a smaller model or a thriftier board, give it a larger battery, or change it sooner."
package edgeward.placement.battery_lasts

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.battery.lasts_days >= candidate.battery.asked_days
}
