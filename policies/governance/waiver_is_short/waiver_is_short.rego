# METADATA
# title: A waiver ends within half a year
# description: A waiver buys time to make things right. What is to hold for longer is a threshold or another design.
# custom:
#   id: governance.waiver_is_short
#   stage: permit
#   subject: waiver
#   severity: error
#   requirement: R25
#   needs: [days_left]
#   waivable: false
#   at: "{waiver}"
#   message: "it holds for {days_left} more days, {thresholds.governance.waiver_days_max} are the most"
#   remediation: "Let it expire sooner, and say by when it is made right."
package edgeward.governance.waiver_is_short

import rego.v1

pass contains waiver.id if {
	some waiver in input.waiver
	waiver.days_left <= data.thresholds.governance.waiver_days_max
}
