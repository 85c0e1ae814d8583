"""What the resources of a compiled stack cost by themselves, from the same price list.

A resource has a standing price, or costs only what is done with it; what is done is in the lines
of the ownership cost, by the volumes that the plant declares.
"""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.catalog import Catalog
from edgeward.facts.cost_tariff import Tariff
from edgeward.graph import ResourceGraph
from edgeward.quantity import ZERO, Quantity, total
from edgeward.site import Site

_STANDING = {
    "aws:kms/key:Key": "kms_key",
    "aws:cloudwatch/dashboard:Dashboard": "cloudwatch_dashboard",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "cloudwatch_alarm",
}
_BY_USE = (
    "aws:appautoscaling/",
    "aws:budgets/",
    "aws:cloudwatch/event",
    "aws:iam/",
    "aws:iot/",
    "aws:kms/alias:",
    "aws:s3/",
    "aws:sagemaker/",
)
NOT_PRICED = {
    "aws:kinesis/firehoseDeliveryStream:": "by the GB that comes in over MQTT",
    "aws:sns/": "by the notice; the first thousand e-mails a month are free (recalled)",
    "aws:sqs/": "by the request; the first million a month are free (recalled)",
}
"""What costs by its use and is in no ownership line yet: small beside the rest, and said so."""


@dataclass(frozen=True, slots=True)
class StandingCost:
    """US dollars a month of what stands; `items` counts it by price item.

    `unpriced` names the types that nobody has said a price of: their cost is unknown, not zero.
    """

    usd_per_month: Quantity
    items: tuple[tuple[str, int], ...]
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceCost:
    """What one resource costs by itself: a month's US dollars, or None with the reason."""

    usd_per_month: Quantity | None
    because: str


def resource_cost(type_: str, tariff: Tariff) -> ResourceCost:
    """By its type: a price, by use, priced nowhere, or nobody has said."""
    item = _STANDING.get(type_)
    if item is not None:
        rate = tariff.price(item)
        return ResourceCost(rate.usd, rate.source)
    for start, because in NOT_PRICED.items():
        if type_.startswith(start):
            return ResourceCost(None, f"not in the cost: {because}")
    known = type_.startswith(_BY_USE)
    return ResourceCost(None, "by use, in the ownership cost" if known else "nobody has said")


def standing_cost(graph: ResourceGraph, site: Site, catalog: Catalog) -> StandingCost:
    """The standing cost of a plant's resource graph."""
    tariff = Tariff(site, catalog)
    types = [each.type for each in graph.resources if each.custom]
    counts = {item: types.count(type_) for type_, item in _STANDING.items() if type_ in types}
    unpriced = {
        type_
        for type_ in types
        if type_.startswith("aws:")
        and type_ not in _STANDING
        and not type_.startswith((*_BY_USE, *NOT_PRICED))
    }
    return StandingCost(
        usd_per_month=total([tariff.price(item).usd.scaled(n) for item, n in counts.items()])
        if counts
        else ZERO,
        items=tuple(sorted(counts.items())),
        unpriced=tuple(sorted(unpriced)),
    )
