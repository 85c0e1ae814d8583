"""Every example plant that is ready lives through the real CLI: made, unchanged, changed, gone."""

from __future__ import annotations

import pytest

from edgeward.errors import ExitCode
from tests.real.pulumi_cli import ROOT, Workplace

PLANTS = sorted(file.parent.name for file in (ROOT / "sites").glob("*/site.yaml"))
KEPT = {"Bucket", "Key", "ModelPackageGroup"}


@pytest.mark.soak
@pytest.mark.parametrize("plant", PLANTS)
def test_a_plant_is_made_stays_changes_and_goes(plant: str, workplace: Workplace) -> None:
    if workplace.edgeward("check", plant).returncode == ExitCode.FINDINGS:
        pytest.skip("no decision that may be built")
    workplace.init(plant)
    workplace.pulumi("up", "-s", plant, "--yes", "--skip-preview")
    workplace.pulumi("up", "-s", plant, "--yes", "--skip-preview", "--expect-no-changes")
    _label(workplace, plant)
    changes = workplace.changes(plant)
    assert changes
    assert set(changes.values()) == {"update"}
    workplace.pulumi("up", "-s", plant, "--yes", "--skip-preview")
    workplace.pulumi("destroy", "-s", plant, "--exclude-protected", "--yes")
    left = {name.partition("|")[0].rpartition(":")[2] for name in workplace.cloud()}
    assert left <= KEPT


def _label(workplace: Workplace, plant: str) -> None:
    """One more label, which becomes a tag of everything."""
    if "\nlabels: {" in (workplace.site(plant) / "site.yaml").read_text(encoding="utf-8"):
        workplace.edit(plant, "\nlabels: {", "\nlabels: {audit: yearly, ")
    else:
        workplace.edit(plant, "\ncloud: {", "\nlabels: {audit: yearly}\ncloud: {")
