"""The way from capture to host: none, the plant's network, or a declared link that all share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.facts.host import Host, Job
from edgeward.facts.network import list_hops, network_facts, worst_outage_hours
from edgeward.quantity import exact, unknown
from edgeward.site import Asset, Link, Site
from tests.samples import CAP_CHECK, FRAMES, GATEWAY, SITE

_TRUCK = replace(GATEWAY, name="truck-computer", per="truck")
_PIT = Host("plant", "pit-server", replace(GATEWAY, name="pit-server", tier="plant"))
_RADIO = Link("radio", "truck", "pit-server", None, exact(2), exact(20), exact(300), exact(10))
_MINE = replace(SITE, assets=(Asset("truck", exact(30)),), devices=(_TRUCK,), links=(_RADIO,))
_STREAM = replace(FRAMES, at="truck-computer", per="truck", kb=exact(10))


def _job(site: Site = _MINE) -> Job:
    return Job(site, CAP_CHECK, (_STREAM,), None, None)


def test_what_is_captured_on_the_host_does_not_travel() -> None:
    assert list_hops(_job(), Host("device", "truck-computer", _TRUCK)) == ()


def test_all_senders_share_the_radio() -> None:
    (hop,) = list_hops(_job(), _PIT)
    assert hop.mbps.low == pytest.approx(20 / 30)
    assert hop.latency_ms.low == pytest.approx(300 + 80 / (20 / 30))
    facts = network_facts(_job(), (hop,))
    assert facts.needed_mbps.low == pytest.approx(30 * 10 * 0.01 * 8)
    assert facts.available_mbps == exact(20)


def test_a_radio_of_which_only_one_sender_is_known_is_not_shared() -> None:
    alone = replace(_RADIO, shared_uplink_mbps=unknown("links.radio.shared_uplink_mbps"))
    (hop,) = list_hops(_job(replace(_MINE, links=(alone,))), _PIT)
    assert hop.mbps.low == pytest.approx(2)


def test_without_a_declared_link_it_is_the_plant_network_which_is_never_away() -> None:
    job = _job(replace(_MINE, links=()))
    (hop,) = list_hops(job, _PIT)
    assert hop.name == "plant network"
    assert worst_outage_hours(_MINE, _PIT, (hop,)) == exact(0)


def test_the_worst_outage_is_that_of_the_worst_link_on_the_way() -> None:
    cloud = Host("cloud", "cloud")
    hops = list_hops(_job(), cloud)
    assert [hop.name for hop in hops] == ["radio"]
    assert worst_outage_hours(_MINE, cloud, hops) == exact(10)
    assert worst_outage_hours(_MINE, _PIT, list_hops(_job(), _PIT)) == exact(10)
