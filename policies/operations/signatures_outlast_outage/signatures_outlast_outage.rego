# METADATA
# title: Signatures are good for longer than the plant is out of reach
# description: "A box takes no release whose signatures have run out. A role is signed anew past half of its time, so half of it is what a plant can count on when its link goes."
# related_resources:
#   - ref: https://theupdateframework.github.io/specification/latest/
#     description: "The Update Framework, 5.4 to 5.6: a client refuses metadata that has expired (recalled)"
# custom:
#   id: operations.signatures_outlast_outage
#   stage: permit
#   subject: site
#   severity: error
#   requirement: R15
#   needs: [signatures.good_hours, signatures.dark_hours]
#   applies_when: {signatures.made: true}
#   at: connectivity.worst_outage_hours
#   message: "the plant may be out of reach for {signatures.dark_hours} h, and what is signed for it may be good for only {signatures.good_hours} h"
#   remediation: "Give the roles of releases/keys.yaml more than twice the longest outage; `edgeward release keys` names the one that is too short."
package edgeward.operations.signatures_outlast_outage

import rego.v1

pass contains site.id if {
	some site in input.site
	site.signatures.dark_hours < site.signatures.good_hours
}
