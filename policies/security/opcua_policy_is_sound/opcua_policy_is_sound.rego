# METADATA
# title: OPC UA runs with a security policy that is not broken
# description: "None protects nothing, Basic128Rsa15 and Basic256 rest on SHA-1. A certified product has to offer None as well, so it is the deployment that is checked, not the certificate."
# related_resources:
#   - ref: https://reference.opcfoundation.org/Core/Part7/v104/docs/
#     description: "IEC 62541-7, OPC UA profiles (read)"
# custom:
#   id: security.opcua_policy_is_sound
#   stage: assert
#   subject: flow
#   severity: error
#   requirement: R23
#   needs: [security_policy]
#   applies_when: {security_policy_stated: true}
#   at: "{flow}.security_policy"
#   message: "the security policy is {security_policy}"
#   remediation: "Set the server to Basic256Sha256, Aes128_Sha256_RsaOaep or Aes256_Sha256_RsaPss, and take the others away."
package edgeward.security.opcua_policy_is_sound

import rego.v1

pass contains flow.id if {
	some flow in input.flow
	flow.security_policy in data.thresholds.security.opcua_policies
}
