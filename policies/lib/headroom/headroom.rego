# METADATA
# title: What of a resource may be taken
# description: A share stays free for the operating system, the runtime, logging and bursts.
package edgeward.lib.headroom

import rego.v1

usable(available, share) := available * (1 - share)
