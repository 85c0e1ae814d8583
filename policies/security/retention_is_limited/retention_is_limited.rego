# METADATA
# title: What leaves is deleted after a stated time
# description: "Data that nobody deletes grows, costs and leaks. A stream without a retention would be kept for ever."
# custom:
#   id: security.retention_is_limited
#   stage: permit
#   subject: stream
#   severity: error
#   requirement: R24
#   needs: [retention_days]
#   applies_when: {leaves_as: [raw, features, summary, exceptions, anonymised]}
#   at: "streams.{stream}.retention_days"
#   message: "kept for {retention_days} days, {thresholds.security.retention_days_max} are the most"
#   remediation: Say for how many days it is needed; have the fleet's limit raised where a law asks for longer.
package edgeward.security.retention_is_limited

import rego.v1

pass contains stream.id if {
	some stream in input.stream
	stream.retention_days <= data.thresholds.security.retention_days_max
}
