# METADATA
# title: The routing bands leave no gap and do not overlap
# description: Scores above one limit act, above a lower one defer, the rest does the safe action.
# custom:
#   id: operations.bands_ordered
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R9
#   needs: [bands.act_above, bands.defer_above]
#   applies_when: {bands.declared: true}
#   at: use_cases.{use_case}.bands
#   message: "defers above {bands.defer_above}, acts above {bands.act_above}: the band between is empty"
#   remediation: Set defer_above below act_above, or leave out the bands.
package edgeward.operations.bands_ordered

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.bands.defer_above < use_case.bands.act_above
}
