"""A bucket that is there already: looked up, used, and left as it is."""

from __future__ import annotations

import pytest

from tests.real.pulumi_cli import PLANT, Workplace, copy_workplace, told
from tests.standin.account import Account
from tests.standin.cloud import Cloud
from tests.standin.services import BUCKET

NAME = "plant-records"
UP = ("up", "-s", PLANT, "--yes", "--skip-preview")


@pytest.fixture(scope="module")
def place(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    workplace = copy_workplace(decided, tmp_path_factory.mktemp("existing"))
    workplace.edit(PLANT, "\ncloud: {", f"\nexisting: {{bucket: {NAME}}}\ncloud: {{")
    workplace.edgeward("decide", PLANT)
    workplace.init(PLANT)
    return workplace


def _make_bucket(place: Workplace, region: str) -> None:
    with place.changed_cloud() as cloud:
        cloud.clear()
    Account(Cloud(place.folder / "cloud.json"), region=region).create(BUCKET, {"bucket": NAME})


def test_one_that_is_not_there_is_refused(place: Workplace) -> None:
    refused = told(place.pulumi(*UP, code=None))
    assert f"existing.bucket: {NAME} cannot be looked up: " in refused
    assert "couldn't find resource" in refused
    assert "Traceback" not in refused
    assert place.cloud() == {}


def test_one_of_another_region_is_refused(place: Workplace) -> None:
    _make_bucket(place, "eu-west-1")
    refused = told(place.pulumi(*UP, code=None))
    assert f"existing.bucket: {NAME} is in eu-west-1, and the plant in us-east-1" in refused
    assert list(place.cloud()) == [f"{BUCKET}|{NAME}"]


def test_one_of_the_region_is_used_and_left_as_it_is(place: Workplace) -> None:
    _make_bucket(place, "us-east-1")
    before = place.cloud()
    place.pulumi(*UP)
    made = place.cloud()
    of_s3 = [name for name in made if name.startswith("aws:s3/")]
    assert of_s3 == [f"{BUCKET}|{NAME}"]
    roles = [str(m["inputs"]) for name, m in made.items() if "rolePolicy" in name]
    assert roles
    assert all(f"arn:aws:s3:::{NAME}/" in text for text in roles)
    place.pulumi(*UP, "--expect-no-changes")
    place.pulumi("destroy", "-s", PLANT, "--exclude-protected", "--yes")
    assert place.cloud()[f"{BUCKET}|{NAME}"] == before[f"{BUCKET}|{NAME}"]
