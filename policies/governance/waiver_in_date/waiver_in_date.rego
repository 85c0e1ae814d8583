# METADATA
# title: A waiver is in date
# description: Waivers are time-boxed; an expired one fails the check.
# custom:
#   id: governance.waiver_in_date
#   stage: permit
#   subject: waiver
#   severity: error
#   requirement: R25
#   needs: [days_left]
#   waivable: false
#   at: "{waiver}"
#   message: "days left: {days_left}"
#   remediation: Make what was waived right, or have a new waiver approved.
package edgeward.governance.waiver_in_date

import rego.v1

pass contains waiver.id if {
	some waiver in input.waiver
	waiver.days_left >= 0
}
