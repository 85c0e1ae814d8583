# METADATA
# title: "What runs in the cloud has something that answers"
# description: "A model that names its serving image and its file in a bucket gets an endpoint, or a model that batches run with; any other is deployed by hand."
# custom:
#   id: operations.endpoint_is_automated
#   stage: assert
#   subject: decision
#   severity: info
#   requirement: R7
#   needs: [serves_itself]
#   applies_when: {inference_tier: cloud}
#   at: "use_cases.{use_case}.model"
#   message: "the model names no serving image in Amazon ECR, or its file is no .tar.gz in a bucket, so there is no endpoint"
#   remediation: "Give the model a `serving.image` in Amazon ECR and its artifact the `uri` of a .tar.gz in S3."
package edgeward.operations.endpoint_is_automated

import rego.v1

pass contains decision.id if {
	some decision in input.decision
	decision.serves_itself
}
