package edgeward.lib.headroom_test

import rego.v1

import data.edgeward.lib.headroom

test_the_share_stays_free if headroom.usable(200, 0.25) == 150

test_no_share_leaves_all if headroom.usable(200, 0) == 200
