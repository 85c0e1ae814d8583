"""Output is the old or the new, and never over what somebody else wrote."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edgeward.write import (
    MARKER,
    NotWritten,
    OutputFile,
    replace_directory,
    write_file_atomically,
    write_new_files,
)

_GENERATION = """
import sys
from pathlib import Path
from edgeward.write import OutputFile, replace_directory
target, first = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
for generation in range(first, first + 10_000):
    text = str(generation).encode()
    replace_directory(target, [OutputFile(f"{i % 7}/{i}", text) for i in range(40)])
"""


def _read(directory: Path) -> dict[str, bytes]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}


def test_a_directory_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    replace_directory(out, [OutputFile("a/b", b"1", 0o640), OutputFile("c", b"2")])
    assert (out / "a/b").stat().st_mode & 0o777 == 0o640
    replace_directory(out, [OutputFile("c", b"3")])
    assert set(_read(out)) == {MARKER, "c"}
    assert (out / "c").read_bytes() == b"3"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_empty_directory_may_be_replaced(tmp_path: Path) -> None:
    replace_directory(tmp_path / "out", [])
    (tmp_path / "empty").mkdir()
    replace_directory(tmp_path / "empty", [OutputFile("a", b"")])
    assert (tmp_path / "empty" / "a").exists()


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_directory(tmp_path / "link", [OutputFile("a", b"1")])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"1"


def test_a_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(NotWritten, match="did not write"):
        replace_directory(tmp_path, [OutputFile("a", b"")])
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_a_file_is_not_taken_for_a_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten, match="is a file"):
        replace_directory(tmp_path / "file", [])
    with pytest.raises(NotWritten, match="choose another place"):
        replace_directory(tmp_path / "file" / "below", [])


def test_a_place_that_cannot_be_written_is_a_clear_error() -> None:
    with pytest.raises(NotWritten, match="/proc/out: cannot be written"):
        replace_directory(Path("/proc/out"), [OutputFile("a", b"")])


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "", ".", "a//b", "a/", "a\0b", MARKER])
def test_a_path_that_is_not_plainly_inside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(NotWritten):
        replace_directory(tmp_path / "out", [OutputFile(path, b"")])
    assert not (tmp_path / "out").exists()


def test_a_failure_in_the_middle_leaves_the_old(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_directory(out, [OutputFile("a", b"old")])
    with pytest.raises(NotWritten):
        replace_directory(out, [OutputFile("a", b"new"), OutputFile("a/b", b"a file below a file")])
    assert (out / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_kill_at_any_moment_leaves_one_generation(tmp_path: Path) -> None:
    out, draw = tmp_path / "out", random.Random(20)
    replace_directory(out, [OutputFile(f"{i % 7}/{i}", b"0") for i in range(40)])
    for kill in range(30):
        command = [sys.executable, "-c", _GENERATION, str(out), str(kill * 10_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(draw.uniform(0, 0.05))
            writer.kill()
        files = _read(out)
        del files[MARKER]
        assert len(files) == 40
        assert len(set(files.values())) == 1
    replace_directory(out, [])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "decision.lock.yaml"
    write_file_atomically(path, b"1")
    write_file_atomically(path, b"2")
    assert path.read_bytes() == b"2"
    assert [entry.name for entry in tmp_path.iterdir()] == ["decision.lock.yaml"]
    with pytest.raises(NotWritten):
        write_file_atomically(tmp_path, b"a directory is here")


def test_new_files_are_written_beside_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("as it was")
    write_new_files(tmp_path, [OutputFile("a/run", b"#!", 0o755), OutputFile("b", b"2")])
    assert (tmp_path / "a" / "run").stat().st_mode & 0o777 == 0o755
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b", "kept"]


@pytest.mark.parametrize("taken", ["b/c", "b"])
def test_where_one_new_file_cannot_be_written_none_is(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("as it was")
    with pytest.raises(NotWritten):
        write_new_files(tmp_path, [OutputFile("a/b/c", b"1"), OutputFile("b/c", b"2")])
    assert not (tmp_path / "a").exists()
    assert (tmp_path / taken).read_text() == "as it was"
