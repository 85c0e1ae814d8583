"""Two versions of a repository: refs and folders, what is renamed, gone, damaged or unreadable."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from edgeward.cli.main import edgeward
from edgeward.diff.change import Concern, FleetDiff, PlantDiff
from edgeward.errors import ExitCode, UsageError
from edgeward.lock import LOCK_NAME, write_lock
from edgeward.report.comment import render_comment
from edgeward.result import Status
from edgeward.review import review_change
from edgeward.session import assess_plant, open_session
from tests.fleets import PLANT, write_fleet
from tests.formats import read_json
from tests.unit.diff.changes import GIT, commit

TODAY = date(2026, 11, 23)
SECOND = "  - {name: second, class: box, tier: plant, zone: line, owned: true}\nstreams:\n"


def write_version(root: Path, plant: str = PLANT, fleet: str = "", name: str = "plant") -> Path:
    """A repository with one plant, decided."""
    write_fleet(root, plant.replace("name: plant\n", f"name: {name}\n", 1), fleet)
    if name != "plant":
        (root / "sites" / "plant").rename(root / "sites" / name)
    decision = assess_plant(open_session(root, TODAY), name).decision
    if decision is not None:
        (root / "sites" / name / LOCK_NAME).write_text(write_lock(decision))
    return root


def compare(base: Path, head: Path) -> FleetDiff:
    return review_change(head, str(base), None, TODAY)


def only(diff: FleetDiff) -> PlantDiff:
    (plant,) = diff.plants
    return plant


def concerns(plant: PlantDiff) -> list[Concern]:
    return [each.concern for each in plant.alerts]


def test_the_same_twice_changes_nothing(tmp_path: Path) -> None:
    diff = compare(write_version(tmp_path / "a"), write_version(tmp_path / "b"))
    assert (diff.plants, diff.unchanged, diff.shared.changed) == ((), 1, False)


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    base, head = write_version(tmp_path / "a"), write_version(tmp_path / "b")
    for file in ("site.yaml", LOCK_NAME):
        path = head / "sites" / "plant" / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert compare(base, head).plants == ()


def test_a_moved_live_decision_names_the_rule_that_moved_it_with_its_numbers(
    tmp_path: Path,
) -> None:
    plant = PLANT.replace("streams:\n", SECOND)
    base = write_version(tmp_path / "a", plant)
    head = shutil.copytree(base, tmp_path / "b")
    site = head / "sites" / "plant" / "site.yaml"
    full = "owned: true, reserved: {ram_mb: 13900, storage_mb: 0}"
    site.write_text(plant.replace("owned: true", full, 1))
    found = only(compare(base, head))
    assert concerns(found)[0] is Concern.LIVE_MOVED
    (move,) = found.moves
    assert move.before and "plant box" in move.before
    assert move.after and "plant second" in move.after
    assert "placement.ram_fits" in move.why[0] and "is 100" in move.why[0]
    assert any(each.path == "devices.box.reserved" for each in found.values)
    assert "is not the one that this change leads to" in found.lock[0]


def test_a_lock_that_was_edited_by_hand_is_told_first(tmp_path: Path) -> None:
    base = write_version(tmp_path / "a")
    head = shutil.copytree(base, tmp_path / "b")
    lock = head / "sites" / "plant" / LOCK_NAME
    lock.write_text(lock.read_text().replace("fallback: human", "fallback: none"))
    found = only(compare(base, head))
    assert found.alerts[0].concern is Concern.LOCK
    assert "fallback is none in the lock, human now" in found.alerts[0].text


@pytest.mark.parametrize("is_new", [False, True])
def test_a_place_written_into_the_lock_is_found_although_deciding_keeps_it(
    is_new: bool, tmp_path: Path
) -> None:
    base = write_version(tmp_path / "a", PLANT.replace("streams:\n", SECOND))
    head = shutil.copytree(base, tmp_path / "b")
    if is_new:
        (base / "sites" / "plant").rename(base / "sites" / "other")
    lock = head / "sites" / "plant" / LOCK_NAME
    text = lock.read_text()
    first = text.index("device: box")
    lock.write_text(text[:first] + text[first:].replace("device: box", "device: second", 1))
    found = next(each for each in compare(base, head).plants if each.name == "plant")
    assert found.alerts[0].concern is Concern.LOCK_PLACE
    assert "the lock has second, deciding from the base's lock gives box" in found.alerts[0].text


def test_a_lock_with_conflict_markers_is_named(tmp_path: Path) -> None:
    base = write_version(tmp_path / "a")
    head = shutil.copytree(base, tmp_path / "b")
    (head / "sites" / "plant" / LOCK_NAME).write_text("<<<<<<< ours\nkind: x\n=======\n>>>>>>> b\n")
    assert "conflict markers" in only(compare(base, head)).lock[0]


def test_a_renamed_plant_is_one_that_is_gone_and_a_new_one_that_knows_it(tmp_path: Path) -> None:
    base, head = write_version(tmp_path / "a"), write_version(tmp_path / "b", name="works")
    plants = {each.name: each for each in compare(base, head).plants}
    assert plants["plant"].after is None and plants["works"].before is None
    assert plants["works"].renamed_from == "plant"
    assert Concern.PLACE_LOST in concerns(plants["plant"])
    assert {each.box: each.state for each in plants["plant"].boxes} == {"box": "gone"}
    assert any(each.kept for each in plants["plant"].resources)


def test_what_a_security_reviewer_looks_for(tmp_path: Path) -> None:
    plant = PLANT.replace("streams:\n", "  - {name: plc, zone: line}\nstreams:\n", 1)
    changed = (
        plant.replace("authority: advises", "authority: actuates")
        .replace("as: features, share: 0.01, kb: 4", "as: raw, share: 0.05, kb: 100")
        .replace("worst_outage_hours: 1", "worst_outage_hours: 0.2")
        .replace("do: human, within_ms: 5000", "do: none, within_ms: 5000")
        .replace("approver: quality@", "approver: ml@")
        .replace("region: eu-central-1", "region: eu-west-1")
        .replace("level: 3", "level: 2")
        .replace(
            "use_cases:\n", "flows: [{from: box, to: plc, protocol: http, port: 80}]\nuse_cases:\n"
        )
    )
    found = only(
        compare(write_version(tmp_path / "a", plant), write_version(tmp_path / "b", changed))
    )
    told = {each.concern: each.text for each in found.alerts}
    assert told[Concern.AUTHORITY] == "check: advises → actuates"
    assert told[Concern.FLOW].startswith("box → plc, http 80/tcp, inside zone line, not encrypted")
    assert told[Concern.ZONE].startswith("line: level 3,")
    assert told[Concern.FALLBACK] == "check: human → none"
    assert told[Concern.APPROVER] == "check: quality@example.com → ml@example.com"
    assert any("features → raw, share 0.05" in each.text for each in found.alerts)
    assert any(each.text == "region eu-central-1 → eu-west-1" for each in found.alerts)
    assert any("worst outage 1 → 0.2 hours" in each.text for each in found.alerts)
    assert Concern.DATA_LOSS in told
    # Who approves is what the base says, not what the change says.
    assert ("quality@example.com", "approves check") in {(a.who, a.role) for a in found.approvers}
    assert "ml@example.com" not in {each.who for each in found.approvers}


def test_a_waiver_is_told_with_the_finding_that_it_covers(tmp_path: Path) -> None:
    sharp = "thresholds: {security: {retention_days_max: 10}}\n"
    waiver = """\
waivers:
  - {rule: security.retention_is_limited, at: streams.frames.retention_days, because: audit,
     owner: plant-it@example.com, approved_by: boss@example.com, expires: 2026-12-31}
"""
    base = write_version(tmp_path / "a", fleet=sharp)
    head = write_version(tmp_path / "b", PLANT + waiver, sharp)
    found = only(compare(base, head))
    assert [each.state.value for each in found.findings][:1] == ["waived"]
    assert any(each.concern is Concern.WAIVER for each in found.alerts)
    assert (found.before, found.after) == (Status.FINDINGS, Status.DECIDED)


def test_assumptions_that_come_go_and_are_overdue(tmp_path: Path) -> None:
    head = PLANT.replace("uplink_mbps: 100", "uplink_mbps: unknown") + (
        "assumptions: [{at: connectivity.uplink_mbps, range: [50, 100], because: not measured,\n"
        "  owner: it@example.com, review_by: 2026-01-31}]\n"
    )
    base = write_version(tmp_path / "a")
    found = only(compare(base, write_version(tmp_path / "b", head)))
    assert [(each.state, each.at) for each in found.assumptions] == [
        ("added", "connectivity.uplink_mbps"),
        ("expired", "connectivity.uplink_mbps"),
    ]


def test_a_plant_that_cannot_be_read_is_told_and_ends_in_2(tmp_path: Path) -> None:
    base, head = write_version(tmp_path / "a"), write_version(tmp_path / "b")
    (head / "sites" / "plant" / "site.yaml").write_text("apiVersion: [\n")
    found = only(compare(base, head))
    assert found.after is Status.INVALID and found.problems
    assert not found.resources and not found.boxes
    assert _run(str(base), str(head)) == ExitCode.INVALID


def test_the_exit_code_says_whether_something_newly_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = write_version(tmp_path / "a")
    sharp = write_version(tmp_path / "b", fleet="thresholds: {security: {retention_days_max: 9}}\n")
    assert _run(str(base), str(base)) == ExitCode.CLEAN
    capsys.readouterr()
    assert _run(str(base), str(sharp), "--format", "json") == ExitCode.FINDINGS
    document = read_json(capsys.readouterr().out, "Change")
    assert document["exit_code"] == 1
    assert (
        document["plants"][0]["findings"][0]["finding"]["rule"] == "security.retention_is_limited"
    )
    assert document["shared"]["rules"]["thresholds"][0][2] == "9"


def test_a_base_in_git_is_read_as_it_was_committed(tmp_path: Path) -> None:
    root = write_version(tmp_path / "a" / "below")
    # What an archive would leave out or rewrite is no way to hide a plant from its reviewer.
    (root / ".gitattributes").write_text("sites/plant/* export-ignore eol=crlf\n")
    (root / "sites" / "link").symlink_to("/etc")
    commit(root)
    assert review_change(root, "HEAD", None, TODAY).plants == ()
    site = root / "sites" / "plant" / "site.yaml"
    site.write_text(PLANT.replace("budget_ms: 5000", "budget_ms: 4000"))
    (value,) = only(review_change(root, "HEAD", None, TODAY)).values
    assert (value.before, value.after) == ("5000", "4000")
    assert review_change(root, "HEAD", "HEAD", TODAY).plants == ()


def test_a_shallow_clone_says_what_to_fetch(tmp_path: Path) -> None:
    root = write_version(tmp_path / "a")
    commit(root)
    (root / "new").write_text("")
    commit(root)
    shallow = tmp_path / "shallow"
    subprocess.run([*GIT, "clone", "-q", "--depth=1", f"file://{root}", str(shallow)], check=True)
    with pytest.raises(UsageError, match=r"clone is shallow.*git fetch --depth=1 origin main-x"):
        review_change(shallow, "origin/main-x", None, TODAY)


def test_without_git_and_without_a_folder_there_is_a_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_version(tmp_path / "a")
    with pytest.raises(UsageError, match="not a git repository"):
        review_change(root, "main", None, TODAY)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="has no folder `sites`"):
        review_change(root, str(tmp_path / "empty"), None, TODAY)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="is it installed"):
        review_change(root, "main", None, TODAY)


def test_a_damaged_base_is_named(tmp_path: Path) -> None:
    base, head = write_version(tmp_path / "a"), write_version(tmp_path / "b")
    (base / "sites" / "fleet.yaml").write_text("kind: [Fleet\n")
    with pytest.raises(UsageError, match=r"a cannot be compared, repair it first:\nsites/fleet"):
        compare(base, head)


def test_a_damaged_plant_in_the_base_hides_nothing(tmp_path: Path) -> None:
    base, head = write_version(tmp_path / "a"), write_version(tmp_path / "b")
    (base / "sites" / "plant" / "site.yaml").write_bytes(b"\x00")
    found = only(compare(base, head))
    assert (found.before, found.after) == (Status.INVALID, Status.DECIDED)
    assert "invalid → decided" in render_comment(compare(base, head))


def _run(*arguments: str) -> int:
    result = edgeward.main(["diff", *arguments, "--now", "2026-11-23"], standalone_mode=False)
    assert isinstance(result, int)
    return result
