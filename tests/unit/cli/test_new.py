"""`edgeward new` on real folders: flags, files, terminals, and what it refuses."""

from __future__ import annotations

import csv
import io
import os
import pty
import select
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from edgeward.cli import main as cli
from edgeward.declare.load import load
from edgeward.declare.schemas import plain
from edgeward.declare.workspace import load_source, load_workspace
from edgeward.errors import ExitCode
from edgeward.lock import differences, read_lock
from edgeward.session import assess_plant, open_session

_EXAMPLES = Path(__file__).parents[3] / "sites"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sites").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["edgeward", "new", *arguments, "--now", "2026-11-25"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def _leaves(value, path=""):
    """The values of a plant by path, as a spreadsheet's columns would have them."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and path in ("devices", "streams", "use_cases", "zones", "assets"):
        for item in value:
            name = item.get("name") or item.get("kind")
            yield from _leaves(item, f"{path}.{name}")
    else:
        yield path, value


def _read(file: Path):
    parsed = load(file.read_bytes(), file.name)
    assert parsed.tree is not None
    return plain(parsed.tree)


def _as_cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return yaml.safe_dump(value, default_flow_style=True, width=10_000).strip()
    return str(value)


def _write_csv(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.DictWriter(stream, columns, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("plant", ["bottling-brno", "wind-farm-north", "open-pit-mine"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_plant_made_again_from_a_spreadsheet_is_decided_as_before(
    repository: Path, monkeypatch: pytest.MonkeyPatch, plant: str, delimiter: str
) -> None:
    """In an empty repository: what the examples' fleet file says of all plants is answered, too."""
    fleet = dict(_leaves(_read(_EXAMPLES / "fleet.yaml")["defaults"]))
    values = fleet | dict(_leaves(_read(_EXAMPLES / plant / "site.yaml")))
    row = {path: _as_cell(value) for path, value in values.items()}
    del row["apiVersion"], row["kind"]
    _write_csv(repository / "plants.csv", [row], delimiter)
    assert _run(monkeypatch, "--answers", "plants.csv") in (ExitCode.CLEAN, ExitCode.FINDINGS)
    session = open_session(repository, date(2026, 11, 25))
    made = assess_plant(session, plant)
    lock = read_lock((_EXAMPLES / plant / "decision.lock.yaml").read_bytes())
    assert lock is not None
    assert made.decision is not None
    assert differences(lock, made.decision) == ()
    assert made.has_lock and made.stale == ()


def test_many_plants_share_answers_and_say_what_is_unknown(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "common.yaml").write_text(
        "owner: plant-it@example.com\n"
        "connectivity: {tier: always_on_fiber, uplink_mbps: 1 Gbit/s}\n"
        "devices: [{name: box, class: jetson_orin_nx_16gb}]\nuse_cases: [{name: check}]\n"
    )
    rows = [{"name": "Köln", "connectivity.uplink_mbps": "?"}, {"name": "lyon"}]
    _write_csv(repository / "plants.csv", rows)
    arguments = ("--answers", "common.yaml", "--answers", "plants.csv", "--set", "labels.zone=east")
    assert _run(monkeypatch, *arguments) == ExitCode.FINDINGS
    workspace = load_workspace(repository)
    assert workspace.plants == ("koeln", "lyon")
    for name in workspace.plants:
        assert not isinstance(load_source(workspace, name), tuple)
    koeln = yaml.safe_load((repository / "sites" / "koeln" / "site.yaml").read_text())
    lyon = yaml.safe_load((repository / "sites" / "lyon" / "site.yaml").read_text())
    assert koeln["connectivity"]["uplink_mbps"] == "unknown"
    assert lyon["connectivity"]["uplink_mbps"] == 1000
    assert koeln["labels"] == {"zone": "east"}
    assert not [*repository.glob("sites/*/decision.lock.yaml")]  # what is open is not decided
    printed = capsys.readouterr().out
    assert "use_cases.check.action: find out, check waits for it" in printed
    assert "said once check can be decided" in " ".join(printed.split())


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            "name,connectivity.uplink_mbps\na,8 kg\n",
            "plants.csv:2:2 connectivity.uplink_mbps: `kg` does not fit",
        ),
        ("name,conectivity.tier\na,x\n", "plants.csv:2:2 conectivity.tier: nothing can be set"),
        ("nam,owner\na,b\n", "plants.csv:1:1: no column is called `name`"),
        ("name,owner\na,x\n,y\n", "plants.csv:3:1: no name"),
        ("name,owner\na,x,y\n", "plants.csv:2:3: this column has no name"),
        # Merged cells as a spreadsheet exports them: over two columns, and over two rows.
        ("name,connectivity.uplink_mbps,\na,20,80\n", "plants.csv:2:3: this column has no name"),
        ("name,owner\na,x\n,y\nb,z\n", "plants.csv:3:1: no name"),
        ("name,owner,owner\na,x,y\n", "plants.csv:1:3: `owner` is column 2 already"),
        ("name,owner\n", "no row below the header"),
        ("", "no column is called `name`"),
        ("name,timezone\na,Berlin\n", "plants.csv:2:2 timezone: expected an IANA time zone"),
        ("name\na\nA\n", "two of the new plants would be called a"),
        ("name\n123\n", "begin with a letter"),
        (
            "name,devices.box.class\na,pentium\n",
            "plants.csv:2:2 devices.box.class: no device class",
        ),
    ],
)
def test_a_bad_spreadsheet_writes_nothing_and_says_which_cell(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    cells: str,
    says: str,
) -> None:
    (repository / "plants.csv").write_text(f"{cells}")
    assert _run(monkeypatch, "--answers", "plants.csv") == ExitCode.INVALID
    assert says in capsys.readouterr().err
    assert list((repository / "sites").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("brno",), "no terminal to ask on"),
        (("--set", "owner=x"), "name the plant"),
        (("brno", "--set", "owner"), "write PATH=VALUE"),
        (("brno", "--answers", "answers.xlsx"), "save a spreadsheet as CSV"),
        (("brno", "--answers", "none.yaml"), "cannot be read"),
        (("brno", "--set", "connectivity.uplink_mbps=2,5"), "type a point"),
    ],
)
def test_what_cannot_be_done_is_said(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    says: str,
) -> None:
    (repository / "answers.xlsx").write_bytes(b"PK")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert _run(monkeypatch, *arguments) == ExitCode.INVALID
    assert says in capsys.readouterr().err
    assert list((repository / "sites").iterdir()) == []


def test_a_plant_that_is_there_is_left_alone(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "brno", "--no-ask") == ExitCode.CLEAN
    assert not (repository / "sites" / "brno" / "decision.lock.yaml").exists()  # no use case yet
    before = (repository / "sites" / "brno" / "site.yaml").read_bytes()
    assert _run(monkeypatch, "Brno", "--no-ask") == ExitCode.INVALID
    assert "is there already" in capsys.readouterr().err
    assert (repository / "sites" / "brno" / "site.yaml").read_bytes() == before


def test_where_one_cannot_be_written_none_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "sites" / "b").write_text("a file where a folder should be")
    _write_csv(repository / "plants.csv", [{"name": "a"}, {"name": "b"}])
    assert _run(monkeypatch, "--answers", "plants.csv") == ExitCode.INVALID
    assert "cannot be written" in capsys.readouterr().err
    assert not (repository / "sites" / "a").exists()


@pytest.mark.parametrize("arguments", [("new", "brno", "--no-ask"), ("init", "sites/plants")])
def test_a_read_only_directory_is_said(repository: Path, arguments: tuple[str, ...]) -> None:
    program = str(Path(sys.executable).with_name("edgeward"))
    # Root writes wherever it wants to, until it may not.
    lame = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    (repository / "sites").chmod(0o555)
    command = [*lame, program, *arguments]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.INVALID, done.stderr
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert list((repository / "sites").iterdir()) == []


def test_ctrl_c_on_a_terminal_leaves_nothing(repository: Path) -> None:
    program = str(Path(sys.executable).with_name("edgeward"))
    process, terminal = pty.fork()
    if process == 0:
        os.execv(program, [program, "new", "brno", "--details", "--root", str(repository)])
    _read_until(terminal, "What do people call the plant?", "] > ")
    os.write(terminal, b"Filler line 2\n")
    _read_until(terminal, "Who is responsible for the plant's file?", "] > ")
    while not select.select([terminal], [], [], 0.2)[0]:  # one pressed before it listens is lost
        os.write(terminal, b"\x03")
    _read_until(terminal, "Nothing was written.")
    _pid, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == ExitCode.INTERRUPTED
    assert list((repository / "sites").iterdir()) == []


def _read_until(terminal: int, *wanted: str) -> None:
    """Read what a program shows until it has shown all of this, in this order."""
    said, at = "", 0
    for text in wanted:
        while text not in said[at:]:
            ready, _, _ = select.select([terminal], [], [], 20)
            assert ready, f"no {text!r} in {said!r}"
            said += os.read(terminal, 4096).decode()
        at = said.index(text, at) + len(text)
