# METADATA
# title: Enough labels come in between two trainings
# description: Fifteen positives a year do not retrain a model every month. A cadence faster than the labels trains on the same data again.
# custom:
#   id: operations.labels_suffice
#   stage: permit
#   subject: use_case
#   severity: warning
#   requirement: R19
#   needs: [labels.per_cadence, labels.needed]
#   applies_when: {labels.declared: true}
#   at: "use_cases.{use_case}.training.cadence"
#   message: "{labels.per_cadence} labelled positives come in between two trainings, a release takes {labels.needed}"
#   remediation: "Train less often or on a trigger, collect labels from more plants, or use a model that needs fewer."
package edgeward.operations.labels_suffice

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.labels.per_cadence >= use_case.labels.needed
}
