# METADATA
# title: "Drift is watched, has a threshold, and leads to something that can be done"
# description: "The inference layer of monitoring: a metric, from where on somebody intervenes, and how. A model that a vendor trains cannot be retrained by the plant."
# related_resources:
#   - ref: https://www.iso.org/standard/81230.html
#     description: "ISO/IEC 42001 A.6.2.6, operation and monitoring (recalled)"
# custom:
#   id: operations.drift_leads_somewhere
#   stage: permit
#   subject: use_case
#   severity: error
#   requirement: R19
#   needs: [monitoring.drift_leads_somewhere]
#   applies_when: {stage: production}
#   at: "use_cases.{use_case}.drift"
#   message: "drift has no metric with a threshold and an answer that is possible"
#   remediation: "Say what is watched, above which value somebody intervenes, and whether that retrains, recalibrates or retires."
package edgeward.operations.drift_leads_somewhere

import rego.v1

pass contains use_case.id if {
	some use_case in input.use_case
	use_case.monitoring.drift_leads_somewhere
}
