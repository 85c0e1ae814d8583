# METADATA
# title: Personal data leaves only anonymised or summarised
# description: "Pseudonymous data is personal data too. The forms are data: a plant's data protection officer may narrow them."
# custom:
#   id: security.personal_data_stays
#   stage: permit
#   subject: stream
#   severity: error
#   requirement: R24
#   needs: [personal_data, leaves_as]
#   applies_when: {leaves_as: [raw, features, summary, exceptions, anonymised]}
#   at: streams.{stream}.leaves
#   message: "personal data: {personal_data}; it leaves as: {leaves_as}"
#   remediation: Let it leave as anonymised or summary, or keep it in the plant.
package edgeward.security.personal_data_stays

import rego.v1

pass contains stream.id if {
	some stream in input.stream
	stream.personal_data == "none"
}

pass contains stream.id if {
	some stream in input.stream
	stream.leaves_as in data.thresholds.security.personal_data_leaves_as
}
