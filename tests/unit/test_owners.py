"""CODEOWNERS from the declarations, and the gate that reads who approves from the base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edgeward.cli.main import edgeward
from edgeward.declare.code_owners import read_code_owners
from edgeward.declare.workspace import load_workspace
from edgeward.errors import ExitCode, InvalidDeclaration, UsageError
from edgeward.owners import place_of, write_owners
from tests.fleets import PLANT, write_fleet

FLEET = """\
approvers: [ot-security@example.com, "@acme/platform"]
accounts:
  ot-security@example.com: ["@sue", "@acme/ot-security"]
  quality@example.com: ["@ann"]
  plant-it@example.com: ["@pia"]
"""
Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(root: Path, *arguments: str) -> int:
        monkeypatch.chdir(root)
        code = edgeward.main(list(arguments), standalone_mode=False)
        assert isinstance(code, int)
        return code

    return call


def test_a_plant_belongs_to_the_fleet_its_owner_and_its_approvers(tmp_path: Path) -> None:
    root = write_fleet(tmp_path, fleet=FLEET)
    (root / ".github").mkdir()
    text = write_owners(load_workspace(root))
    place_of(root).write_text(text)
    assert place_of(root) == root / ".github" / "CODEOWNERS"
    fleet = ("@sue", "@acme/ot-security", "@acme/platform")
    owners = read_code_owners(root)
    assert owners.of("policies/data/security.yaml") == fleet
    assert owners.of("sites/fleet.yaml") == owners.of(".github/workflows/x.yml") == fleet
    assert owners.of("sites/plant/site.yaml") == (*fleet, "@pia", "@ann")


def test_who_has_no_account_is_named_and_writes_no_line(tmp_path: Path) -> None:
    odd = PLANT.replace("owner: plant-it@example.com", 'owner: "Plant IT\\n* @evil"', 1)
    text = write_owners(load_workspace(write_fleet(tmp_path, odd)))
    assert "\n* " not in text
    assert "# /sites/plant/ without an account: Plant IT * @evil\n" in text
    assert text.endswith("/sites/plant/ quality@example.com\n")


def test_the_verb_writes_checks_and_refuses_a_file_of_somebody(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_fleet(tmp_path, fleet=FLEET)
    assert run(root, "owners", "--check") == ExitCode.STALE
    assert not (root / "CODEOWNERS").exists()
    assert run(root, "owners") == ExitCode.CLEAN == run(root, "owners", "--check")
    site = root / "sites" / "plant" / "site.yaml"
    site.write_text(PLANT.replace("approver: quality@", "approver: other@"))
    assert run(root, "owners", "--check") == ExitCode.STALE
    assert "run `edgeward owners`" in capsys.readouterr().err
    site.write_text("kind: [\n")
    with pytest.raises(InvalidDeclaration):
        run(root, "owners")
    site.write_text(PLANT)
    (root / "CODEOWNERS").write_text("* @somebody\n")
    with pytest.raises(UsageError, match="not written by edgeward"):
        run(root, "owners")


def gate(run: Run, base: Path, head: Path, *accounts: str) -> int:
    approvals = head.parent / "approvals"
    approvals.write_text("".join(f"{each}\n" for each in accounts))
    return run(head, "approved", str(base), "--approvals", str(approvals), "--now", "2026-11-23")


def test_the_gate_wants_each_who_has_to_approve(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    base = write_fleet(tmp_path / "base", fleet=FLEET)
    head = write_fleet(tmp_path / "head", PLANT.replace("budget_ms: 5000", "budget_ms: 9"), FLEET)
    assert gate(run, base, head, "@ann") == ExitCode.FINDINGS
    told = capsys.readouterr().out
    assert "quality@example.com, approves check (plant): approved by @ann" in told
    assert "plant-it@example.com, owner of the plant (plant): NOT approved" in told
    assert "2 approvals needed, 1 missing" in told
    assert gate(run, base, head, "@Ann", "@pia") == ExitCode.CLEAN


def test_a_change_does_not_choose_who_approves_it(tmp_path: Path, run: Run) -> None:
    base = write_fleet(tmp_path / "base", fleet=FLEET)
    mine = FLEET.replace("@ann", "@eve").replace("@pia", "@eve").replace("@sue", "@eve")
    changed = PLANT.replace("approver: quality@", "approver: eve@").replace("5000}", "9}")
    head = write_fleet(tmp_path / "head", changed, mine)
    assert gate(run, base, head, "@eve", "eve@example.com") == ExitCode.FINDINGS
    assert gate(run, base, head, "@ann", "@pia", "@acme/platform") == ExitCode.CLEAN


def test_a_new_plant_and_a_change_of_what_all_share_need_the_fleet(
    tmp_path: Path, run: Run
) -> None:
    base = write_fleet(tmp_path / "base", fleet=FLEET)
    head = write_fleet(tmp_path / "head", fleet=FLEET)
    assert gate(run, base, head) == ExitCode.CLEAN
    (head / "sites" / "new").mkdir()
    new = PLANT.replace("name: plant\n", "name: new\n", 1)
    (head / "sites" / "new" / "site.yaml").write_text(new)
    assert gate(run, base, head, "@ann", "@pia") == ExitCode.FINDINGS
    assert gate(run, base, head, "@sue") == ExitCode.CLEAN


def test_of_code_owners_one_is_enough(tmp_path: Path, run: Run) -> None:
    base = write_fleet(tmp_path / "base")
    (base / "CODEOWNERS").write_text("/sites/plant/ @ann @bob\n")
    head = write_fleet(tmp_path / "head", PLANT.replace("owner: plant-it@", "owner: x@", 1))
    needed = ("@bob", "plant-it@example.com")
    assert gate(run, base, head, "@bob") == ExitCode.FINDINGS
    assert gate(run, base, head, *needed) == ExitCode.CLEAN
