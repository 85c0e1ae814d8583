"""A box is called the same by its bundle and by the cloud that knows it."""

from __future__ import annotations

from dataclasses import replace

from edgeward.facts.identity import device_identities
from edgeward.quantity import exact, unknown
from edgeward.site import Asset
from tests.samples import GATEWAY, SITE


def test_a_device_alone_has_its_topics_and_several_boxes_each_their_own() -> None:
    (alone,) = device_identities(SITE, GATEWAY)
    assert (alone.client, alone.topics) == ("bottling-brno--line2-gpu", "bottling-brno/line2-gpu")
    site = replace(SITE, assets=(Asset("truck", exact(3)),))
    boxes = device_identities(site, replace(GATEWAY, boxes=exact(2), per="truck"))
    assert len({box.client for box in boxes}) == 6
    assert all(box.topics == f"bottling-brno/line2-gpu/{box.client}" for box in boxes)
    assert boxes[5].name == "line2-gpu-6"


def test_boxes_that_nobody_counted_join_later() -> None:
    (box,) = device_identities(SITE, replace(GATEWAY, boxes=unknown("devices.line2-gpu.boxes")))
    assert box.joins_later
