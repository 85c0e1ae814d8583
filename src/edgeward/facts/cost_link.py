"""The lines of what crosses the link: the link itself, messages, and keeping what arrived."""

from __future__ import annotations

import math
from collections.abc import Iterator

from edgeward.cost.line import Grows, Line
from edgeward.facts.cost_tariff import Tariff
from edgeward.facts.host import Job
from edgeward.facts.traffic import Traffic, Volume
from edgeward.quantity import ZERO, Quantity, largest, rising
from edgeward.site import Connectivity

_DAYS_A_MONTH = 365.0 / 12
_MESSAGE_KB = 5
_MBIT_PER_GB = 8000
_PER_ITEM: Grows = "inference"


def traffic_lines(job: Job, traffic: Traffic, tariff: Tariff) -> Iterator[Line]:
    """The link, messages and storage, stream by stream."""
    link = job.site.connectivity
    gb = ZERO
    for volume in traffic.volumes:
        if volume.gb.high == 0:
            continue
        gb = gb + volume.gb
        yield from _kept(volume, tariff)
    beyond = gb
    if link.data_cap_gb_per_month is not None:
        beyond = largest(gb - link.data_cap_gb_per_month, ZERO)
    yield from _metered(
        link, gb, link.uplink_mbps, beyond=beyond, what="data to the cloud", grows=_PER_ITEM
    )


def download_lines(link: Connectivity, gb: Quantity, grows: Grows) -> Iterator[Line]:
    """What a metered link costs for `gb` of models a month to the boxes."""
    yield from _metered(
        link, gb, link.downlink_mbps, beyond=gb, what="models to the boxes", grows=grows
    )


def _kept(volume: Volume, tariff: Tariff) -> Iterator[Line]:
    """Storage in the steady state, and the cheaper of messages of 5 KB and one request an item."""
    stream = volume.stream
    storage, put = tariff.price("s3_standard_storage"), tariff.price("s3_put")
    message = tariff.price("iot_core_messaging")
    kept = volume.gb * stream.retention_days.scaled(1 / _DAYS_A_MONTH)
    path = f"streams.{stream.name}"
    yield Line(
        "storage",
        f"keeping {stream.name}",
        kept,
        "GB",
        storage.usd,
        (storage.source, f"{path}.retention_days"),
        grows=_PER_ITEM,
    )
    yield Line(
        "messaging",
        f"sending {stream.name}",
        volume.items,
        "item",
        rising(_sending, volume.kb, message.usd, put.usd),
        (message.source, put.source, f"{path}.kb"),
        grows=_PER_ITEM,
    )


def _sending(kb: float, per_million: float, per_thousand: float) -> float:
    if math.isinf(kb):
        return per_thousand / 1000
    return min(math.ceil(kb / _MESSAGE_KB) * per_million / 1e6, per_thousand / 1000)


def _metered(
    link: Connectivity,
    gb: Quantity,
    mbps: Quantity,
    *,
    beyond: Quantity,
    what: str,
    grows: Grows,
) -> Iterator[Line]:
    """By the GB beyond what is paid for anyway, and by the minute that all of it takes."""
    if gb.high > 0 and link.usd_per_gb.high > 0:
        source = ("connectivity.usd_per_gb", "streams")
        name = f"{what}, by GB"
        yield Line("connectivity", name, beyond, "GB", link.usd_per_gb, source, grows=grows)
    if gb.high > 0 and link.usd_per_minute.high > 0:
        minutes = gb.scaled(_MBIT_PER_GB / 60) / (mbps * link.share_for_ml)
        source = ("connectivity.usd_per_minute", "connectivity.uplink_mbps")
        name, price = f"{what}, by minute", link.usd_per_minute
        yield Line("connectivity", name, minutes, "minute", price, source, grows=grows)
