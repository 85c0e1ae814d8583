# METADATA
# title: "What the cloud trains has a pipeline"
# description: "A model that names its image, entry point, instance and GPU hours is trained, evaluated and registered without a person; any other is trained by hand."
# custom:
#   id: operations.training_is_automated
#   stage: assert
#   subject: decision
#   severity: info
#   requirement: R7
#   needs: [trains_itself]
#   applies_when: {training_tier: cloud}
#   at: "use_cases.{use_case}.model"
#   message: "whoever makes the model starts its training in the cloud by hand, each time: the entry of this model in the catalog does not say with which program, on what machine and for how long it is trained"
#   remediation: "Give the model's `training` an image in Amazon ECR, its entrypoint, an instance and the gpu_hours of a run."
package edgeward.operations.training_is_automated

import rego.v1

pass contains decision.id if {
	some decision in input.decision
	decision.trains_itself
}
