"""A check from the store, and by several processes, tells what a check afresh does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edgeward import crew, fleet_check
from edgeward.errors import InvalidDeclaration
from edgeward.fleet_check import Check, check_afresh, check_plants
from edgeward.inputs import digest_frame, digest_plant
from edgeward.lock import LOCK_NAME
from edgeward.result import PlantResult, Told
from edgeward.session import Session, assess_plant, open_session
from tests.fleets import PLANT, write_fleet

TODAY = date(2026, 11, 23)


def write_plants(root: Path, count: int) -> Check:
    write_fleet(root)
    for number in range(1, count):
        folder = root / "sites" / f"plant-{number}"
        folder.mkdir()
        text = PLANT.replace("name: plant\n", f"name: plant-{number}\n", 1)
        (folder / "site.yaml").write_text(
            text.replace("budget_ms: 5000", f"budget_ms: {number * 7}")
        )
    return Check(root, TODAY, "text", False, frame=digest_frame(root, TODAY))


def tell(check: Check, how: Callable[..., Iterator[Told]] = check_plants) -> list[Told]:
    session = open_session(check.root, check.today)
    return list(how(session, session.workspace.plants, check))


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the plants that were decided in this process."""
    names: list[str] = []
    real = assess_plant

    def watched(session: Session, name: str, with_margins: bool) -> PlantResult:
        names.append(name)
        return real(session, name, with_margins)

    monkeypatch.setattr(fleet_check, "assess_plant", watched)
    return names


@pytest.fixture
def one_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("edgeward.store.cache_directory", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_what_is_recalled_is_what_was_told(
    tmp_path: Path, one_store: Path, decided: list[str], form: str
) -> None:
    check = replace(write_plants(tmp_path, 3), form=form)
    first = tell(check)
    assert decided == ["plant", "plant-1", "plant-2"]
    assert tell(check) == first == tell(check, check_afresh)[:3]
    assert len(decided) == 6  # the three of the check afresh
    site = tmp_path / "sites" / "plant-1" / "site.yaml"
    site.write_text(site.read_text().replace("level: 3", "level: 2"))
    tell(check)
    assert decided[6:] == ["plant-1"]


Edit = tuple[str, str]
EDITS: list[Edit] = [
    ("sites/plant/site.yaml", "# a line\n"),
    (f"sites/plant/{LOCK_NAME}", "kind: PlacementDecision\n"),
    ("sites/fleet.yaml", "defaults: {timezone: Europe/Prague}\n"),
    ("sites/fleet.yaml", "thresholds: {security: {retention_days_max: 10}}\n"),
    ("sites/catalog/models/net.yaml", "# a line\n"),
    ("sites/catalog/prices/own.yaml", "# a line\n"),
    ("policies/data/own.yaml", "# a line\n"),
    ("policies/security/own/own.rego", "package security.own\n"),
    ("templates/own/pack.yaml", "# a line\n"),
    ("CODEOWNERS", "* @acme/plant\n"),
]


@pytest.mark.parametrize(("file", "text"), EDITS)
def test_the_digest_covers_every_file_that_a_result_depends_on(
    tmp_path: Path, file: str, text: str
) -> None:
    root = write_fleet(tmp_path)
    before = digest_plant(digest_frame(root, TODAY), root, "plant")
    assert digest_plant(digest_frame(root, TODAY), root, "plant") == before
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text() if path.is_file() else "") + text)
    assert digest_plant(digest_frame(root, TODAY), root, "plant") != before


def test_the_digest_covers_the_day_the_code_and_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_fleet(tmp_path)
    before = digest_frame(root, TODAY)
    assert digest_frame(root, date(2026, 11, 24)) != before
    assert digest_plant(before, root, "plant", "a") != digest_plant(before, root, "plant", "b")
    monkeypatch.setattr("edgeward.inputs._digest_code", lambda: "another edgeward")
    assert digest_frame(root, TODAY) != before


def test_a_plant_that_changes_while_it_is_decided_is_not_kept(
    tmp_path: Path, one_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = write_plants(tmp_path, 1)
    session = open_session(tmp_path, TODAY)
    kept = sorted(one_store.rglob("*"))
    real = assess_plant

    def changing(session: Session, name: str, with_margins: bool) -> PlantResult:
        site = tmp_path / "sites" / name / "site.yaml"
        site.write_text(f"{site.read_text()}# more\n")
        return real(session, name, with_margins)

    monkeypatch.setattr(fleet_check, "assess_plant", changing)
    assert len(list(check_plants(session, ("plant",), check))) == 1
    assert sorted(one_store.rglob("*")) == kept


def test_what_all_share_and_changes_while_it_is_read_is_not_kept_for_what_it_became(
    tmp_path: Path, one_store: Path, decided: list[str]
) -> None:
    check = write_plants(tmp_path, 1)
    session = open_session(tmp_path, TODAY)
    model = tmp_path / "sites" / "catalog" / "models" / "net.yaml"
    model.write_text(model.read_text().replace("peak_ram_mb: 600", "peak_ram_mb: 60000"))
    old = list(check_plants(session, ("plant",), check))
    new = tell(replace(check, frame=digest_frame(tmp_path, TODAY)))
    assert decided == ["plant", "plant"] and old != new


def test_worker_processes_tell_the_same_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = write_plants(tmp_path, 6)
    (tmp_path / "sites" / "plant-3" / "site.yaml").write_text("kind: [\n")
    alone = tell(check, check_afresh)
    monkeypatch.setattr(crew, "count_workers", lambda _names: 2)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert tell(check) == alone


def test_an_error_in_a_worker_is_the_same_error_here(tmp_path: Path) -> None:
    check = write_plants(tmp_path, 1)
    (tmp_path / "sites" / "fleet.yaml").write_text("kind: [Fleet\n")
    with pytest.raises(InvalidDeclaration) as caught:
        list(crew.do_in_processes(_Failing(check), ["plant"], 1))
    assert caught.value.problems[0].file == "sites/fleet.yaml"


class _Failing:
    def __init__(self, check: Check) -> None:
        self.check = check

    def open(self) -> Callable[[str], object]:
        return lambda _name: open_session(self.check.root, self.check.today)


def test_what_is_fragile_is_told_only_with_margins_and_kept_apart(tmp_path: Path) -> None:
    check = write_plants(tmp_path, 1)
    site = tmp_path / "sites" / "plant" / "site.yaml"
    text = site.read_text()
    text += (
        "assumptions:\n  - {at: use_cases.check.latency.budget_ms, range: [1, 9000], because: a,"
        " owner: b@c.de, review_by: 2027-01-31}\n"
    )
    site.write_text(text)
    for margins in (False, True, False):
        (told,) = tell(replace(check, margins=margins))
        assert ("fragile: with " in told.text) is margins
