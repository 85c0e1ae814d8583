# METADATA
# title: Raw data leaves only with a reason
# description: Summaries, exceptions or anonymised slices are the default.
# custom:
#   id: security.raw_leaves_with_reason
#   stage: permit
#   subject: stream
#   severity: error
#   requirement: R24
#   needs: [reason_given]
#   applies_when: {leaves_as: raw}
#   at: streams.{stream}.leaves
#   message: "the stream leaves the plant raw, and no reason is given"
#   remediation: Say why under because, or let features, summaries or exceptions leave.
package edgeward.security.raw_leaves_with_reason

import rego.v1

pass contains stream.id if {
	some stream in input.stream
	stream.reason_given
}
