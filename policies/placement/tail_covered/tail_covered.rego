# METADATA
# title: The tail is known as far out as the action needs
# description: "A figure at the 99th percentile says nothing about one case in ten thousand; the bound misses what its terms may miss together."
# custom:
#   id: placement.tail_covered
#   stage: permit
#   subject: candidate
#   severity: warning
#   requirement: R1
#   needs: [latency.late_share, latency.late_allowed]
#   at: use_cases.{use_case}.latency.late_allowed
#   message: "the latency bound may be missed in a share of {latency.late_share} of the cases, the action allows {latency.late_allowed}"
#   remediation: Measure further out in the tail, or end to end at this tier, or allow more late cases.
package edgeward.placement.tail_covered

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.latency.late_share <= candidate.latency.late_allowed
}
