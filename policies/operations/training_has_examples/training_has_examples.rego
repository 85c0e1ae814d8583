# METADATA
# title: What the cloud trains has examples from the plant
# description: "A model that is trained in the cloud learns from what leaves the plant. Where nothing leaves, it can only be trained on examples from elsewhere."
# custom:
#   id: operations.training_has_examples
#   stage: assert
#   subject: decision
#   severity: info
#   requirement: R7
#   needs: [examples_leave]
#   applies_when: {training_tier: cloud}
#   at: "use_cases.{use_case}.reads"
#   message: "nothing that it looks at leaves the plant, so the cloud can train it on examples from elsewhere only, as of the model's maker: let some leave, bring others there, or train in the plant"
#   remediation: "Say in what form examples may leave, `leaves: {as: exceptions, share: 0.01}` of a stream, bring others to the cloud, or declare a server of the plant with an accelerator to train on."
package edgeward.operations.training_has_examples

import rego.v1

pass contains decision.id if {
	some decision in input.decision
	decision.examples_leave
}
