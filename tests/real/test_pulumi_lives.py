"""Each example plant that is ready lives through the real CLI: made, unchanged, changed, gone."""

from __future__ import annotations

import re

import pytest

from tests.real.pulumi_cli import ROOT, Workplace
from tools.demo_check import MUST_FAIL

PLANTS = sorted(
    {file.parent.name for file in (ROOT / "sites").glob("*/site.yaml")} - MUST_FAIL.keys()
)
KEPT = {"Bucket", "Key", "ModelPackageGroup"}
UP = ("up", "--yes", "--skip-preview")


@pytest.mark.parametrize("plant", PLANTS)
def test_a_plant_is_made_stays_changes_and_goes(plant: str, workplace: Workplace) -> None:
    workplace.init(plant)
    seen = workplace.changes(plant)
    assert set(seen.values()) == {"create"}
    assert not workplace.cloud()
    workplace.pulumi(*UP, "-s", plant)
    made = workplace.cloud()
    assert len(made) == sum("$aws:" in urn for urn in seen)
    workplace.pulumi(*UP, "-s", plant, "--expect-no-changes")
    _label(workplace, plant)
    changed = workplace.pulumi(*UP, "-s", plant).stdout
    assert set(re.findall(r"^ +(?:\S+ )?\d+ (\w+)$", changed, re.M)) == {"updated", "unchanged"}
    assert workplace.cloud().keys() == made.keys()
    workplace.pulumi("destroy", "-s", plant, "--exclude-protected", "--yes")
    left = {name.partition("|")[0].rpartition(":")[2] for name in workplace.cloud()}
    assert left <= KEPT


def _label(workplace: Workplace, plant: str) -> None:
    """One more label, which becomes a tag of everything."""
    if "\nlabels: {" in (workplace.site(plant) / "site.yaml").read_text(encoding="utf-8"):
        workplace.edit(plant, "\nlabels: {", "\nlabels: {audit: yearly, ")
    else:
        workplace.edit(plant, "\ncloud: {", "\nlabels: {audit: yearly}\ncloud: {")
