"""A plant that needs every component, through its life with the real CLI."""

from __future__ import annotations

import json

import pytest

from tests.fleets import write_whole
from tests.real.pulumi_cli import ROOT, Workplace, copy_workplace

WHOLE = "plant"
UP = ("--yes", "--skip-preview")
COMPONENTS = {
    file.stem
    for file in (ROOT / "stacks" / "edgeward_stacks").glob("*.py")
    if "ComponentResource)" in file.read_text(encoding="utf-8")
} - {"platform"}


@pytest.fixture(scope="module")
def whole(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Made once; each test leaves it as it found it, except the last."""
    workplace = copy_workplace(decided, tmp_path_factory.mktemp("whole"))
    write_whole(workplace.repository)
    workplace.edgeward("decide", WHOLE)
    workplace.init(WHOLE)
    workplace.pulumi("up", "-s", WHOLE, *UP)
    return workplace


def test_it_has_every_component_and_a_second_up_changes_nothing(whole: Workplace) -> None:
    shown = json.loads(whole.edgeward("preview", WHOLE, "--format", "json").stdout)[0]
    made = {r["type"].rpartition(":")[2].lower() for r in shown["resources"] if not r["custom"]}
    assert made - {"stack"} == COMPONENTS
    custom = [r for r in shown["resources"] if r["type"].startswith("aws:")]
    assert len(whole.cloud()) == len(custom)
    whole.pulumi("up", "-s", WHOLE, "--yes", "--expect-no-changes")


def test_no_private_key_and_no_passphrase_is_in_the_state(whole: Workplace) -> None:
    texts = [file.read_text() for file in (whole.folder / "state").rglob("*.json")]
    assert any("CERTIFICATE REQUEST" in text for text in texts)
    assert not any("PRIVATE KEY" in text or "for tests" in text for text in texts)


def test_another_threshold_changes_the_alarms_and_no_more(whole: Workplace) -> None:
    whole.edit(WHOLE, "above: 0.02, over: 7d", "above: 0.03, over: 7d")
    changes = {urn.rpartition("::")[2]: op for urn, op in whole.changes(WHOLE).items()}
    assert changes == {"drift-check": "update", "drift-forecast": "update"}
    whole.edit(WHOLE, "above: 0.03, over: 7d", "above: 0.02, over: 7d")


def test_a_box_whose_request_is_taken_back_loses_its_certificate(whole: Workplace) -> None:
    file = whole.site(WHOLE) / "identities" / "plant--box.csr"
    text = file.read_text()
    file.unlink()
    found = whole.changes(WHOLE).items()
    changes = {urn.split("$")[-1].partition("::")[0]: op for urn, op in found}
    assert changes == {
        "aws:iot/certificate:Certificate": "delete",
        "aws:iot/policyAttachment:PolicyAttachment": "delete",
        "aws:iot/thingPrincipalAttachment:ThingPrincipalAttachment": "delete",
    }
    file.write_text(text)


def test_it_is_taken_down_around_its_records(whole: Workplace) -> None:
    whole.pulumi("destroy", "-s", WHOLE, "--exclude-protected", "--yes")
    left = {name.partition("|")[0].rpartition(":")[2] for name in whole.cloud()}
    assert left == {"Bucket", "Key", "ModelPackageGroup"}
