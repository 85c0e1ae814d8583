"""A device that loses one of its boxes: whether those that are left carry the whole load.

Each box has all models of its device, so only its time is shared; memory and storage are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from edgeward.catalog import Catalog
from edgeward.decision import Ledger, Placement
from edgeward.facts.capacity import compute_facts
from edgeward.facts.host import Host, make_job
from edgeward.facts.latency import ledger_beside, weigh_latency
from edgeward.facts.network import list_hops
from edgeward.facts.run import find_run
from edgeward.quantity import ZERO, Quantity, exact, total
from edgeward.site import Device, Site


@dataclass(frozen=True, slots=True)
class OneBoxLess:
    """`left` boxes with everything that was placed on the device, none of them held back.

    `busy` is the share of their time that it takes, `ledgers` are by use case.
    """

    left: int
    busy: Quantity
    ledgers: Mapping[str, Ledger]


def count_boxes(device: Device) -> int:
    """How many boxes it is; where that is not known, the stated number or the least."""
    return whole(device.boxes)


def whole(count: Quantity) -> int:
    return round(count.low if count.stated is None else count.stated)


def lose_one_box(
    site: Site, catalog: Catalog, placements: Iterable[Placement], device: Device
) -> OneBoxLess:
    """What the boxes of a device do when one of several has died."""
    assert device.tier is not None
    left = count_boxes(device) - 1
    rest = replace(device, boxes=exact(left), spares=ZERO)
    kind = catalog.device_classes.get(device.class_name or "")
    host = Host(device.tier, device.name, rest, kind)
    names = {each.use_case for each in placements if each.device == device.name}
    jobs = [make_job(site, each, catalog) for each in site.use_cases if each.name in names]
    alone = [
        (job, *weigh_latency(job, host, find_run(job, host), list_hops(job, host), catalog))
        for job in jobs
    ]
    return OneBoxLess(
        left,
        total([compute_facts(demand).utilisation for _, _, demand in alone]),
        {
            job.use_case.name: ledger_beside(
                job, host, ledger, demand, [other for one, _, other in alone if one is not job]
            )
            for job, ledger, demand in alone
        },
    )
