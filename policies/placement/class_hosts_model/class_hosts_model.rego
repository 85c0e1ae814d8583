# METADATA
# title: The class of device hosts this model
# description: A closed class hosts only its vendor's models; another needs a runtime that the model has.
# custom:
#   id: placement.class_hosts_model
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [reach.hosts_model]
#   at: use_cases.{use_case}.model
#   message: "this class of device does not host the model"
#   remediation: Take an open device class, or export the model for a runtime that the class has.
package edgeward.placement.class_hosts_model

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.reach.hosts_model
}
