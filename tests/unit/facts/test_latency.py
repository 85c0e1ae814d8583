"""The ledger's terms add up, and each is what its inputs say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.catalog import Catalog
from edgeward.decision import Ledger
from edgeward.facts.host import Host, Job
from edgeward.facts.latency import weigh_latency
from edgeward.facts.network import list_hops
from edgeward.facts.run import find_run
from edgeward.quantity import between, exact
from edgeward.site import Arrives, Asset, Batch, Site, Stream
from tests.samples import CAP_CHECK, FRAMES, GATEWAY, SITE

_RANGES = {
    "latency.preprocess_ms": exact(1),
    "latency.inference_ms": exact(10),
    "cloud_inference.end_to_end_ms": between(200, 800, "cloud_inference.end_to_end_ms", 350),
}
_CATALOG = Catalog({}, {}, {}, _RANGES, {})
_DEVICE = Host("device", GATEWAY.name, GATEWAY)
_CLOUD = Host("cloud", "cloud")


def _job(stream: Stream = FRAMES, site: Site = SITE) -> Job:
    return Job(site, CAP_CHECK, (stream,), None, None)


def _weigh(job: Job, host: Host) -> Ledger:
    ledger, _ = weigh_latency(job, host, find_run(job, host), list_hops(job, host), _CATALOG)
    return ledger


def _term(job: Job, host: Host, name: str) -> float:
    ledger = _weigh(job, host)
    (term,) = (each for each in ledger.terms if each.name == name)
    return term.bound_ms.high


def test_the_terms_add_up_to_the_bound() -> None:
    for host in (_DEVICE, _CLOUD):
        ledger = _weigh(_job(), host)
        assert sum(term.bound_ms.low for term in ledger.terms) == pytest.approx(ledger.bound_ms.low)
        assert ledger.median_ms.low <= ledger.bound_ms.high


def test_the_cloud_pays_for_the_payload_on_its_share_of_the_uplink() -> None:
    # 1600 kB × 8 / (50 Mbit/s × 0.5) = 512 ms, on top of 120 ms round trip.
    assert _term(_job(), _CLOUD, "network") == pytest.approx(632)


def test_what_is_captured_on_the_device_crosses_no_network() -> None:
    assert _term(_job(), _DEVICE, "network") == 0
    elsewhere = replace(FRAMES, at="camera-box")
    assert _term(_job(elsewhere), _DEVICE, "network") == pytest.approx(4 + 12.8)


@pytest.mark.parametrize(
    ("arrives", "cameras", "wait"),
    [
        (Arrives("periodic", period_ms=exact(100)), 1, 0),
        (Arrives("periodic", period_ms=exact(100)), 4, 33),
        (Arrives("batch", batch=Batch(exact(5), exact(6))), 1, 44),
        (Arrives("free_running"), 1, 11),
    ],
)
def test_the_wait_is_for_what_stands_in_front(arrives: Arrives, cameras: int, wait: float) -> None:
    site = replace(SITE, assets=(Asset("camera", exact(cameras)),))
    stream = replace(FRAMES, arrives=arrives, per="camera")
    assert _term(_job(stream, site), _DEVICE, "queueing") == pytest.approx(wait)


def test_a_figure_measured_end_to_end_replaces_the_terms() -> None:
    latency = replace(CAP_CHECK.latency, measured_end_to_end_ms={"device": exact(35)})
    job = replace(_job(), use_case=replace(CAP_CHECK, latency=latency))
    ledger = _weigh(job, _DEVICE)
    assert [term.basis for term in ledger.terms] == ["measured"]
    assert ledger.bound_ms == exact(35)


def test_the_misses_of_the_terms_add_up() -> None:
    assert _weigh(_job(), _DEVICE).misses == exact(0.01)
    assert _weigh(_job(), _CLOUD).misses == exact(0.02)
