# METADATA
# title: Remote access asks for a second factor
# description: A stolen password alone must not open the way to a line.
# related_resources:
#   - ref: https://csrc.nist.gov/pubs/sp/800/82/r3/final
#     description: "NIST SP 800-82r3, remote access (read)"
# custom:
#   id: security.remote_access_has_mfa
#   stage: permit
#   subject: site
#   severity: error
#   requirement: R23
#   needs: [remote_access.mfa]
#   applies_when: {remote_access.declared: true}
#   at: remote_access.mfa
#   message: "nobody is asked for a second factor"
#   remediation: "Ask for a second factor where people come in from outside, and say so."
package edgeward.security.remote_access_has_mfa

import rego.v1

pass contains site.id if {
	some site in input.site
	site.remote_access.mfa
}
