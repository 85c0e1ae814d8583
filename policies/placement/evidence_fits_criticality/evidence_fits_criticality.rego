# METADATA
# title: "Where production or people depend on it, the load was sustained for hours"
# description: "Throttling, leaks and full disks show after hours. A use case in production that stops the line when it fails needs a longer run than a pilot."
# related_resources:
#   - ref: https://www.iso.org/standard/81230.html
#     description: "ISO/IEC 42001 A.6.2.4, verification and validation before deployment (recalled)"
# custom:
#   id: placement.evidence_fits_criticality
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R3
#   needs: [evidence.measured, evidence.soak_minutes]
#   applies_when: {criticality: [production, safety], stage: production}
#   at: "use_cases.{use_case}.model"
#   message: "measured on this class of device: {evidence.measured}; minutes under sustained load: {evidence.soak_minutes} of {thresholds.capacity.soak_minutes_critical_min}"
#   remediation: "Run the model on this class of device under its full load for the minutes named, and put the figures into the catalog."
package edgeward.placement.evidence_fits_criticality

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.evidence.measured
	candidate.evidence.soak_minutes >= data.thresholds.capacity.soak_minutes_critical_min
}
