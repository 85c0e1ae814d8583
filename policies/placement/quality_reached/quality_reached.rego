# METADATA
# title: The variant that would run there is good enough
# description: What was measured of the model in this precision, against the quality that the use case asks for.
# custom:
#   id: placement.quality_reached
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [quality.reached, quality.at_least]
#   applies_when: {quality.asked: true}
#   at: use_cases.{use_case}.quality
#   message: "the variant for this place reached {quality.reached}, {quality.at_least} is asked for"
#   remediation: Measure the variant, calibrate or retrain it, or take a larger one.
package edgeward.placement.quality_reached

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.quality.reached >= candidate.quality.at_least
}
