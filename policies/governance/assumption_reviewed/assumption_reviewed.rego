# METADATA
# title: An assumption is reviewed by its date
# description: What nobody confirmed in time is not assumed for ever.
# custom:
#   id: governance.assumption_reviewed
#   stage: permit
#   subject: assumption
#   severity: warning
#   requirement: R10
#   needs: [days_to_review]
#   at: "{assumption}"
#   message: "days until the review: {days_to_review}"
#   remediation: Confirm the value and declare it, or give a new date with a reason.
package edgeward.governance.assumption_reviewed

import rego.v1

pass contains assumption.id if {
	some assumption in input.assumption
	assumption.days_to_review >= 0
}
