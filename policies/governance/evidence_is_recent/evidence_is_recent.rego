# METADATA
# title: Evidence is not older than the software that it speaks of
# description: "Runtimes, drivers and firmware change. A measurement from years ago says little of the box as it is now. Judged where the figure has a date."
# related_resources:
#   - ref: https://www.iso.org/standard/81230.html
#     description: "ISO/IEC 42001 A.6.2.4, verification and validation before deployment (recalled)"
# custom:
#   id: governance.evidence_is_recent
#   stage: assert
#   subject: release
#   severity: warning
#   requirement: R3
#   needs: [evidence.age_days]
#   applies_when: {evidence.dated: true}
#   at: "use_cases.{use_case}.model"
#   message: "the measurement is {evidence.age_days} days old, {thresholds.governance.evidence_days_max} are the most"
#   remediation: "Measure again with the runtime and driver that are in use, and put the figures into the catalog."
package edgeward.governance.evidence_is_recent

import rego.v1

pass contains release.id if {
	some release in input.release
	release.evidence.age_days <= data.thresholds.governance.evidence_days_max
}
