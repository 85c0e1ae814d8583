"""The importer, on a small file in the format of the public AWS price list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from edgeward.declare.aws_prices import convert_offers, main
from edgeward.declare.catalog import Entry, bind_catalog
from edgeward.declare.load import load
from edgeward.declare.validate import validate
from edgeward.errors import UsageError


def _product(usage: str, region: str = "eu-central-1") -> dict[str, Any]:
    return {"productFamily": "Storage", "attributes": {"usagetype": usage, "regionCode": region}}


def _term(*tiers: tuple[str, str]) -> dict[str, Any]:
    dimensions = {
        str(number): {"unit": "GB-Mo", "beginRange": begin, "pricePerUnit": {"USD": usd}}
        for number, (begin, usd) in enumerate(tiers)
    }
    return {"T": {"effectiveDate": "2026-10-01T00:00:00Z", "priceDimensions": dimensions}}


_OFFER = {
    "formatVersion": "v1.0",
    "offerCode": "AmazonS3",
    "publicationDate": "2026-11-02T10:00:00Z",
    "products": {
        "A": _product("EUC1-TimedStorage-ByteHrs"),
        "B": _product("EUC1-Requests-Tier1"),
        "C": _product("TimedStorage-ByteHrs", "us-east-1"),
        "D": _product("EUC1-TimedStorage-GlacierByteHrs"),
    },
    "terms": {
        "OnDemand": {
            "A": _term(("512000", "0.0225"), ("0", "0.0245"), ("51200", "0.0235")),
            "B": _term(("0", "0.0000054")),
            "C": _term(("0", "0.023")),
            "D": _term(("0", "0.004")),
        }
    },
}


def test_tiers_become_a_range_and_requests_are_per_thousand() -> None:
    document = convert_offers([_OFFER], "eu-central-1")
    put, storage = document["prices"]
    assert storage["item"] == "s3_standard_storage"
    assert storage["usd"] == {
        "value": 0.0245,
        "low": 0.0225,
        "high": 0.0245,
        "basis": "seen",
        "source": "AWS price list AmazonS3",
        "date": "2026-11-02",
    }
    assert (put["item"], put["usd"]["value"], put["unit"]) == ("s3_put", 0.0054, "1000 requests")


def test_what_is_printed_is_a_price_list_that_a_plant_of_the_region_uses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "offer.json"
    file.write_text(json.dumps(_OFFER), encoding="utf-8")
    entries = []
    for region in ("eu-central-1", "us-east-1"):
        assert main([str(file), "--region", region]) == 0
        printed = capsys.readouterr().out
        tree = load(printed.encode(), f"aws-{region}.yaml").tree
        assert tree is not None
        assert not list(validate(tree, "PriceList"))
        entries.append(Entry("PriceList", yaml.safe_load(printed)["name"], tree))
    prices = bind_catalog(entries).prices
    assert prices["us-east-1/s3_standard_storage"].usd.stated == 0.023
    assert prices["eu-central-1/s3_standard_storage"].usd.stated == 0.0245


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(UsageError, match="no AWS price list: 'offerCode'"):
        convert_offers([{"prices": []}], "eu-central-1")
    with pytest.raises(UsageError, match="no price for ap-south-1"):
        convert_offers([_OFFER], "ap-south-1")
