# METADATA
# title: The prices that the decision counts on are of the last year
# description: "The cost decides among permitted places. A price that is older than a year may be another one by now. Judged where the price has a date and a chosen place pays it; `edgeward cost` lists them all."
# custom:
#   id: governance.price_is_recent
#   stage: assert
#   subject: price
#   severity: warning
#   requirement: R11
#   needs: [age_days]
#   at: "{declared_at}"
#   message: "{id} is {age_days} days old, {thresholds.governance.price_days_max} are the most"
#   remediation: "Look the price up and renew it in the catalog, or give the plant's own under `finance.prices` with a reason."
package edgeward.governance.price_is_recent

import rego.v1

pass contains price.id if {
	some price in input.price
	price.age_days <= data.thresholds.governance.price_days_max
}
