"""Queues follow from the worst outage, what leaves, and the uplink that live data leaves free."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.bundle.box import Box, list_boxes
from edgeward.bundle.sizing import ALARM_SHARE, size_queues
from edgeward.quantity import exact, unknown
from edgeward.site import Asset, Leaves, Site
from tests.samples import CONNECTIVITY, DECISION, FRAMES, GATEWAY, SITE
from tests.unit.bundle.rendering import CATALOG


def _box(site: Site = SITE) -> Box:
    return list_boxes(site, DECISION, CATALOG)[0]


def test_a_queue_holds_the_worst_outage_and_the_alarm_comes_before_it_is_full() -> None:
    sizing = size_queues(_box())
    assert sizing.messages == 10 * 0.01 * 8 * 3600
    assert sizing.bytes == 2880 * 40_000
    assert sizing.alarm_bytes == int(2880 * 40_000 * ALARM_SHARE)


def test_the_backlog_drains_on_what_live_data_leaves_of_the_share() -> None:
    sizing = size_queues(_box())
    live_mbps = 10 * 0.01 * 40 * 8 / 1000
    seconds = 115.2 * 8 / (50 * 0.5 - live_mbps)
    assert sizing.drain_hours == pytest.approx(seconds / 3600, rel=1e-3)
    assert sizing.drain_two_hours == pytest.approx(2 * seconds / 3600, rel=1e-3)


def test_all_assets_send_at_once_after_an_outage() -> None:
    site = replace(
        SITE,
        assets=(Asset("filler", exact(20)),),
        devices=(replace(GATEWAY, per="filler"),),
        streams=(replace(FRAMES, per="filler"),),
    )
    sizing = size_queues(_box(site))
    assert sizing.bytes == 115_200_000
    assert sizing.drain_all_hours == pytest.approx(20 * (sizing.drain_hours or 0), rel=1e-3)


def test_defects_go_first_and_raw_items_are_given_up_first() -> None:
    def leaves(form: str, order: str = "arrival") -> Leaves:
        return Leaves(form, exact(0.01), exact(40), order)  # type: ignore[arg-type]

    streams = (
        replace(FRAMES, name="a-raw", leaves=leaves("raw")),
        replace(FRAMES, name="b-summary", leaves=leaves("summary")),
        replace(FRAMES, name="c-exceptions", leaves=leaves("exceptions")),
        replace(FRAMES, name="d-by-score", leaves=leaves("raw", "by_score")),
    )
    sizing = size_queues(_box(replace(SITE, streams=(FRAMES, *streams))))
    names = [each.name for each in sizing.streams]
    assert names == ["c-exceptions", "d-by-score", "cap-frames", "b-summary", "a-raw"]
    assert [each.priority for each in sizing.streams] == [1, 2, 3, 4, 5]
    assert sizing.dropped_first == "a-raw"
    assert sizing.streams[2].reduced_by == "use_cases.cap-check"


def test_live_data_that_fills_the_share_never_drains_and_an_unknown_outage_has_no_limit() -> None:
    slow = replace(CONNECTIVITY, uplink_mbps=exact(0.01))
    assert size_queues(_box(replace(SITE, connectivity=slow))).drain_hours is None
    unclear = replace(CONNECTIVITY, worst_outage_hours=unknown("connectivity.worst_outage_hours"))
    sizing = size_queues(_box(replace(SITE, connectivity=unclear)))
    assert (sizing.messages, sizing.bytes, sizing.alarm_bytes) == (None, None, None)
