"""The public AWS price-list format (one offer file, JSON) to a price list of the catalog.

`python -m edgeward.declare.aws_prices OFFER.json… --region eu-central-1` prints the list; nothing
is downloaded. Prices in tiers become a range whose value is the first tier's.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from edgeward.errors import UsageError


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item of the catalog: the offer and usage type that price it, and how many are one unit."""

    item: str
    offer: str
    usage: str
    unit: str
    per: int = 1


_INSTANCES = ("m5.large", "m5.xlarge", "m5.2xlarge", "g4dn.xlarge", "g5.xlarge", "g6.xlarge")
WANTED = (
    Wanted("s3_standard_storage", "AmazonS3", r"TimedStorage-ByteHrs", "GB-month"),
    Wanted("s3_put", "AmazonS3", r"Requests-Tier1", "1000 requests", 1000),
    Wanted("s3_get", "AmazonS3", r"Requests-Tier2", "1000 requests", 1000),
    Wanted("data_transfer_out", "AWSDataTransfer", r"DataTransfer-Out-Bytes", "GB"),
    Wanted("lambda_gb_second", "AWSLambda", r"Lambda-GB-Second", "GB-second"),
    Wanted("lambda_requests", "AWSLambda", r"Request", "million requests", 1_000_000),
    Wanted("cloudwatch_metric", "AmazonCloudWatch", r"CW:MetricMonitorUsage", "metric-month"),
    Wanted("cloudwatch_logs_ingest", "AmazonCloudWatch", r"DataProcessing-Bytes", "GB"),
    Wanted("cloudwatch_alarm", "AmazonCloudWatch", r"CW:AlarmMonitorUsage", "alarm-month"),
    *(
        Wanted(
            f"sagemaker_ml_{name.replace('.', '_')}",
            "AmazonSageMaker",
            rf"Host:ml\.{re.escape(name)}",
            "hour",
        )
        for name in _INSTANCES
    ),
)
"""Usage types as AWS names them after the region's prefix; from memory, so check a new list."""


def convert_offers(offers: Iterable[Mapping[str, Any]], region: str) -> dict[str, Any]:
    """A price-list document for one region.

    Raises UsageError for a file of another format, or one without any wanted price of the region.
    """
    prices = sorted(
        (price for offer in offers for price in _prices(offer, region)),
        key=lambda price: str(price["item"]),
    )
    if not prices:
        raise UsageError(f"no price for {region} in these files that the catalog knows an item for")
    return {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "PriceList",
        "name": f"aws-{region}",
        "region": region,
        "currency": "USD",
        "prices": prices,
    }


def _prices(offer: Mapping[str, Any], region: str) -> Iterator[dict[str, Any]]:
    try:
        code, published = offer["offerCode"], offer["publicationDate"][:10]
        products, terms = offer["products"], offer["terms"]["OnDemand"]
    except (KeyError, TypeError) as missing:
        raise UsageError(f"this is no AWS price list: {missing} is not in it") from missing
    for wanted in WANTED:
        if wanted.offer != code:
            continue
        tiers = [
            tier
            for sku, product in products.items()
            if _is(product.get("attributes", {}), wanted, region)
            for tier in _tiers(terms.get(sku, {}))
        ]
        if tiers:
            yield _entry(wanted, tiers, f"AWS price list {code}", published)


def _is(attributes: Mapping[str, str], wanted: Wanted, region: str) -> bool:
    """The usage type has a prefix for the region, such as EUC1-, except in us-east-1."""
    usage = attributes.get("usagetype", "")
    return attributes.get("regionCode") == region and bool(
        re.fullmatch(rf"([A-Z]{{2,4}}[0-9]-)?{wanted.usage}", usage)
    )


def _tiers(offers: Mapping[str, Any]) -> Iterator[tuple[Decimal, Decimal]]:
    """Where each tier begins, and its price in US dollars."""
    for term in offers.values():
        for tier in term.get("priceDimensions", {}).values():
            usd = tier.get("pricePerUnit", {}).get("USD")
            try:
                if usd is not None:
                    yield Decimal(tier.get("beginRange") or 0), Decimal(usd)
            except InvalidOperation as wrong:
                raise UsageError(f"a price is no number: {usd}") from wrong


def _entry(
    wanted: Wanted, tiers: list[tuple[Decimal, Decimal]], source: str, date: str
) -> dict[str, Any]:
    paid = [usd * wanted.per for _, usd in sorted(tiers) if usd > 0]  # a free tier is no price
    figure: dict[str, Any] = {"value": float(paid[0]) if paid else 0.0}
    if len(set(paid)) > 1:
        figure |= {"low": float(min(paid)), "high": float(max(paid))}
    figure |= {"basis": "seen", "source": source, "date": date}
    return {"item": wanted.item, "usd": figure, "unit": wanted.unit}


def main(arguments: list[str]) -> int:
    """Print the price list of a region; 2 for files that are none."""
    parser = argparse.ArgumentParser(prog="python -m edgeward.declare.aws_prices")
    parser.add_argument("offers", nargs="+", type=Path, metavar="OFFER.json")
    parser.add_argument("--region", required=True)
    given = parser.parse_args(arguments)
    try:
        offers = [json.loads(path.read_text(encoding="utf-8")) for path in given.offers]
        document = convert_offers(offers, given.region)
    except (UsageError, OSError, ValueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    sys.stdout.write(yaml.safe_dump(document, sort_keys=False, width=100))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
