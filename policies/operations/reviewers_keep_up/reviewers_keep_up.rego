# METADATA
# title: The reviewers keep up with what they are asked
# description: "What is deferred to people has to be looked at: rate × share × seconds each, over the people there are. A queue that only grows is a model that acts without anybody looking."
# related_resources:
#   - ref: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
#     description: "EU AI Act, Article 14, human oversight (read)"
# custom:
#   id: operations.reviewers_keep_up
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R9
#   needs: [review.busy]
#   applies_when: {review.declared: true}
#   at: "use_cases.{use_case}.review"
#   message: "the reviewers would be busy for a share of {review.busy} of their time, {thresholds.operations.review_busy_max} is the most"
#   remediation: "Defer less, let more people review, or make one review quicker."
package edgeward.operations.reviewers_keep_up

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.review.busy <= data.thresholds.operations.review_busy_max
}
