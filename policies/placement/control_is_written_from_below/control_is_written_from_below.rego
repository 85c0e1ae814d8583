# METADATA
# title: A controller is written to from within production, not from the office or the cloud
# description: "A model whose output goes to a controller, a drive or a valve has to run where the plant answers for it. Above the operations level it may advise."
# related_resources:
#   - ref: https://www.isa.org/standards-and-publications/isa-standards/isa-95-standard
#     description: "ISA-95 / IEC 62264, levels 0 to 4 (recalled)"
# custom:
#   id: placement.control_is_written_from_below
#   stage: permit
#   subject: candidate
#   severity: error
#   requirement: R6
#   needs: [levels.host, levels.lowest_written]
#   applies_when: {levels.writes: true}
#   at: "use_cases.{use_case}.writes"
#   message: "it would run at level {levels.host} and write to level {levels.lowest_written}; to level {thresholds.placement.control_level_max} and below it may write from level {thresholds.placement.writes_from_level_max} at most"
#   remediation: "Run the model on a box on the network of the line (level 2) or of the plant (level 3), or let it advise a person."
package edgeward.placement.control_is_written_from_below

import rego.v1

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.levels.host <= data.thresholds.placement.writes_from_level_max
}

pass contains candidate.id if {
	some candidate in input.candidate
	candidate.levels.lowest_written > data.thresholds.placement.control_level_max
}
