# METADATA
# title: A new model gets in within one window
# description: "The download over the share of the link that ML has, where the link opens only in windows, and the time to activate and check it. An update that never fits a window never happens."
# related_resources:
#   - ref: https://csrc.nist.gov/pubs/sp/800/82/r3/final
#     description: "NIST SP 800-82r3, changes are made in maintenance windows (recalled)"
# custom:
#   id: operations.update_fits_window
#   stage: assert
#   subject: release
#   severity: error
#   requirement: R16
#   needs: [update.download_hours, update.window_hours]
#   applies_when: {update.windowed: true}
#   at: windows
#   message: "the download takes {update.download_hours} h and activation {thresholds.operations.activation_hours} h, the longest window has {update.window_hours} h"
#   remediation: "Open a longer window, take a smaller artifact, or give ML more of the link."
package edgeward.operations.update_fits_window

import rego.v1

pass contains release.id if {
	some release in input.release
	release.update.download_hours + data.thresholds.operations.activation_hours <= release.update.window_hours
}
