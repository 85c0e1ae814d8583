"""What piles up in an outage, and how fast it drains."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edgeward.facts.buffer import buffer_facts, drain_hours
from edgeward.facts.stream import items_per_second, leaving_gb_per_day, leaving_mbps, raw_mbps
from edgeward.quantity import ZERO, Quantity, exact, unknown
from edgeward.site import Arrives, Asset, Batch, Site
from edgeward.subjects import BufferFacts
from tests.samples import CONNECTIVITY, FRAMES, GATEWAY, SITE

_hours = st.floats(0, 2000)
_periods = st.floats(1, 1e6)
_shares = st.floats(0, 1)


def _site(hours: float = 8, period_ms: float = 100, share: float = 0.01) -> Site:
    assert FRAMES.leaves is not None
    arrives = Arrives("periodic", period_ms=exact(period_ms))
    leaves = replace(FRAMES.leaves, share=exact(share))
    return replace(
        SITE,
        connectivity=replace(CONNECTIVITY, worst_outage_hours=exact(hours)),
        streams=(replace(FRAMES, arrives=arrives, leaves=leaves),),
    )


def _facts(site: Site) -> BufferFacts:
    return buffer_facts(site, GATEWAY, site.streams)


def test_the_sample_by_hand() -> None:
    # 10 frames/s, 1 % leave as 40 kB each: 4 kB/s over 8 hours; half of 50 Mbit/s is for ML.
    facts = _facts(SITE)
    assert math.isclose(facts.needed_mb.low, 4 * 8 * 3600 / 1000)
    assert math.isclose(facts.drain_hours.low, 115.2 * 8 / (25 - 0.032) / 3600)
    assert facts.between_outages_hours == exact(360)
    assert math.isclose(raw_mbps(SITE, FRAMES, None).low, 128)
    assert math.isclose(leaving_gb_per_day(SITE, FRAMES, None).low, 4e-6 * 80 * 3600 / 7)


@given(_hours, _hours, _periods, _shares)
def test_a_longer_outage_never_needs_less(a: float, b: float, period: float, share: float) -> None:
    shorter, longer = (_facts(_site(hours, period, share)) for hours in sorted((a, b)))
    assert shorter.needed_mb.high <= longer.needed_mb.high
    assert shorter.drain_hours.high <= longer.drain_hours.high


@given(_periods, _periods, _hours)
def test_a_faster_stream_never_needs_less(a: float, b: float, hours: float) -> None:
    faster, slower = (_facts(_site(hours, period)) for period in sorted((a, b)))
    assert faster.needed_mb.low >= slower.needed_mb.low
    assert faster.drain_hours.low >= slower.drain_hours.low


@given(_hours, _hours, _hours)
def test_an_uncertain_outage_contains_every_outage_in_it(a: float, b: float, c: float) -> None:
    low, middle, high = sorted((a, b, c))
    outage = Quantity(low, high, None, frozenset(("connectivity.worst_outage_hours",)))
    site = replace(SITE, connectivity=replace(CONNECTIVITY, worst_outage_hours=outage))
    wide, narrow = _facts(site), _facts(_site(middle))
    assert wide.needed_mb.low <= narrow.needed_mb.low <= wide.needed_mb.high
    assert wide.needed_mb.rests_on == {"connectivity.worst_outage_hours"}


def test_live_traffic_that_fills_the_uplink_never_drains() -> None:
    busy = replace(_site(share=1), connectivity=replace(CONNECTIVITY, uplink_mbps=exact(1)))
    assert drain_hours(busy) == exact(math.inf)


def test_a_plant_that_sends_nothing_has_nothing_to_drain() -> None:
    site = replace(SITE, streams=(replace(FRAMES, leaves=None),))
    assert _facts(site).needed_mb == ZERO
    assert drain_hours(site) == ZERO


def test_a_link_that_never_fails_leaves_all_the_time_between() -> None:
    site = replace(SITE, connectivity=replace(CONNECTIVITY, outages_per_month=ZERO))
    assert _facts(site).between_outages_hours.low == math.inf


def test_the_last_batch_of_an_outage_is_kept_too() -> None:
    batch = Arrives("batch", batch=Batch(size=exact(400), per_day=exact(6)))
    stream = replace(FRAMES, arrives=batch, hours_per_week=exact(168))
    site = replace(SITE, streams=(stream,))
    assert math.isclose(items_per_second(site, stream, None).low, 400 * 6 / 86400)
    assert math.isclose(_facts(site).needed_mb.low, (800 + 400) * 0.01 * 40 / 1000)


def test_a_stream_of_each_asset_counts_once_for_each_but_once_at_its_own_device() -> None:
    stream = replace(FRAMES, per="camera")
    site = replace(SITE, assets=(Asset("camera", exact(4)),), streams=(stream,))
    assert items_per_second(site, stream, GATEWAY) == exact(40)
    assert items_per_second(site, stream, replace(GATEWAY, per="camera")) == exact(10)
    assert items_per_second(site, stream, replace(GATEWAY, per="truck")) == exact(40)
    assert math.isclose(leaving_mbps(site, stream, None).low, 4 * 0.032)


def test_a_rate_that_nobody_gave_is_unknown_and_says_what_to_give() -> None:
    for arrives in (None, Arrives("free_running")):
        stream = replace(FRAMES, arrives=arrives)
        assert items_per_second(SITE, stream, None) == unknown("streams.cap-frames.arrives")
