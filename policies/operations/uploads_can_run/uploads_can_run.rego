# METADATA
# title: What captures a stream that is uploaded can run the uploader
# description: "Items too large for a message, and all that leaves a plant that is offline first, go to the bucket as files. The bundle of a Linux box brings the program for that; a microcontroller and a sensor get none, and what they capture does not arrive by itself."
# custom:
#   id: operations.uploads_can_run
#   stage: assert
#   subject: flow
#   severity: warning
#   requirement: R20
#   needs: [source_runs_linux]
#   applies_when: {uploads: true}
#   at: "{flow}"
#   message: "a stream leaves from there as files, and nothing there can run the program that uploads them"
#   remediation: "Capture the stream at a device whose class runs Linux (streams.at), make what leaves small enough for a message (leaves.kb), or have the firmware put the files itself."
package edgeward.operations.uploads_can_run

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.source_runs_linux
}
