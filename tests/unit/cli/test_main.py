"""What the verbs do and the codes that they end in, on real files in an empty directory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode
from edgeward.lock import LOCK_NAME

_EXAMPLES = Path(__file__).parents[3] / "sites"
_GOOD, _VAGUE, _IMPOSSIBLE = "navy-unmanned-vessel", "vague-brief", "impossible-press"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of somebody else, with one good plant and the shipped catalog."""
    shutil.copytree(_EXAMPLES / _GOOD, tmp_path / "sites" / _GOOD)
    shutil.copy(_EXAMPLES / "fleet.yaml", tmp_path / "sites" / "fleet.yaml")
    (tmp_path / "sites" / _GOOD / LOCK_NAME).unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["edgeward", *arguments, "--now", "2026-11-23"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def _add(repository: Path, plant: str) -> None:
    shutil.copytree(_EXAMPLES / plant, repository / "sites" / plant)


def test_a_good_plant_is_clean(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, "check") == ExitCode.CLEAN


def test_the_vague_plant_lists_every_item_that_is_missing(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(repository, _VAGUE)
    assert _run(monkeypatch, "check", _VAGUE, "--format", "json") == ExitCode.FINDINGS
    (plant,) = json.loads(capsys.readouterr().out)["plants"]
    (withheld,) = plant["withheld"]
    listed = " ".join(each["what"] for each in withheld["missing"])
    for item in (
        "physical action",
        "how long the action can wait",
        "longest outage",
        "size of the model",
        "memory that a device has",
        "how often the model is updated",
        "how sensitive the data",
        "rolled back",
        "who owns it",
        "measurable result",
    ):
        assert item in listed


def test_the_impossible_plant_names_rules_and_numbers_for_each_tier(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(repository, _IMPOSSIBLE)
    assert _run(monkeypatch, "check", _IMPOSSIBLE, "--format", "json") == ExitCode.FINDINGS
    (plant,) = json.loads(capsys.readouterr().out)["plants"]
    messages = {finding["message"] for finding in plant["findings"]}
    for tier in ("the device tier", "the plant tier", "the cloud"):
        assert any(tier in message and "ms at the tail" in message for message in messages)


def test_one_bad_file_does_not_hide_the_next(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        folder = repository / "sites" / name
        folder.mkdir()
        (folder / "site.yaml").write_text(
            f"apiVersion: edgeward/v1alpha1\nkind: Site\nname: {name}\nconectivity: 1\n"
        )
    assert _run(monkeypatch, "check") == ExitCode.INVALID
    printed = capsys.readouterr().out
    for name in ("first", "second"):
        assert f"sites/{name}/site.yaml:4:1" in printed
    assert "connectivity" in printed


def test_deciding_twice_writes_the_same_bytes_and_is_not_stale(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = repository / "sites" / _GOOD / LOCK_NAME
    assert _run(monkeypatch, "decide") == ExitCode.CLEAN
    first = lock.read_bytes()
    assert _run(monkeypatch, "decide") == ExitCode.CLEAN
    assert lock.read_bytes() == first
    assert _run(monkeypatch, "check", "--locked") == ExitCode.CLEAN


def test_a_lock_that_does_something_else_is_stale(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = repository / "sites" / _GOOD / LOCK_NAME
    assert _run(monkeypatch, "decide", "--check") == ExitCode.STALE
    assert not lock.exists()
    _run(monkeypatch, "decide")
    lock.write_text(lock.read_text().replace("training: cloud", "training: plant"))
    assert _run(monkeypatch, "check", "--locked") == ExitCode.STALE
    assert _run(monkeypatch, "check") == ExitCode.CLEAN


@pytest.mark.parametrize("damage", ["<<<<<<< ours\n", "[" * 100_000, "kind: Other\n", "\x00"])
def test_a_damaged_lock_is_no_lock(
    repository: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    (repository / "sites" / _GOOD / LOCK_NAME).write_text(damage)
    assert _run(monkeypatch, "check", "--locked") == ExitCode.STALE
    assert _run(monkeypatch, "decide") == ExitCode.CLEAN
    assert _run(monkeypatch, "check", "--locked") == ExitCode.CLEAN


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "no-such-plant"], "no plant"),
        (["check", "--root", "."], "sites"),
        (["chekc"], "No such command"),
        (["check", "--now", "yesterday"], "yesterday"),
    ],
)
def test_a_wrong_command_line_ends_in_2_and_says_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    if arguments[-1] != ".":
        (tmp_path / "sites" / "x").mkdir(parents=True)
        (tmp_path / "sites" / "x" / "site.yaml").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["edgeward", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == ExitCode.INVALID
    assert says in capsys.readouterr().err


def test_no_plant_at_all_is_not_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sites").mkdir()
    monkeypatch.chdir(tmp_path)
    assert _run(monkeypatch, "check") == ExitCode.INVALID


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom edgeward.cli.main import edgeward\n"
        "edgeward.main(['--help'], standalone_mode=False)\n"
        "heavy = {'pulumi', 'wasmtime', 'opa_client', 'jinja2', 'jsonschema', 'yaml'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout
