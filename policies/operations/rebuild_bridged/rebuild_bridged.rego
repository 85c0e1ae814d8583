# METADATA
# title: The plant manages without a prediction until a dead box is replaced
# description: "A box without a spare is away for as long as it takes to rebuild it. The fallback has to last that long, or the line stops. Judged where the plant says how long a rebuild takes; failures that take all boxes at once are priced as downtime risk."
# custom:
#   id: operations.rebuild_bridged
#   stage: assert
#   subject: release
#   severity: warning
#   requirement: R14
#   needs: [failure.rebuild_hours, failure.bridged_hours]
#   applies_when: {failure.declared: true, failure.spare: false}
#   at: "devices.{device}.run_by.rebuild_hours"
#   message: "a dead box leaves it without a prediction for {failure.rebuild_hours} h, the plant manages {failure.bridged_hours} h"
#   remediation: "Keep a spare box in place (`boxes`, `spares`), rebuild it sooner, or give the fallback more time."
package edgeward.operations.rebuild_bridged

import rego.v1

pass contains release.id if {
	some release in input.release
	release.failure.rebuild_hours <= release.failure.bridged_hours
}
