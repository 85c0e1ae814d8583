# METADATA
# title: The device gets security updates for as long as it is used
# description: A box that outlives its maker's updates becomes the hole in its zone. Judged where both are stated.
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/2847/oj
#     description: "Cyber Resilience Act, support period (read)"
# custom:
#   id: operations.support_covers_life
#   stage: permit
#   subject: device
#   severity: warning
#   requirement: R23
#   needs: [support.support_years, support.planned_years]
#   applies_when: {support.declared: true}
#   at: "devices.{device}.planned_life_years"
#   message: "planned for {support.planned_years} years, security updates come for {support.support_years}"
#   remediation: "Plan to replace it when support ends, or take a class with longer support."
package edgeward.operations.support_covers_life

import rego.v1

pass contains device.id if {
	some device in input.device
	device.support.support_years >= device.support.planned_years
}
