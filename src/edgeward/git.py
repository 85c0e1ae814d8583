"""Another version of some files of a repository, as git has it; the checkout is not touched.

Files are read as they were committed: what the version itself says of archives, line ends and
filters (`.gitattributes`) has no say, or a change could hide a part of itself. Links and submodules
are left out.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from edgeward.errors import UsageError

_SECONDS = 120
_SHA1 = 40
_MOST_BYTES = 32_000_000
_LOG = ("--first-parent", "-m", "--relative", "--name-only", "--no-renames", "-z")
_FIELDS = "%H%x00%cs%x00%an <%ae>%x00%cn <%ce>%x00%s%x00%b%x00"
_FIELD_COUNT = 6
_FILES = ("100644", "100755")


@contextmanager
def checked_out(root: Path, ref: str, paths: Sequence[str]) -> Iterator[Path]:
    """A folder that holds `paths` of the repository at `root` as they are in `ref`, for a while.

    A path that is not in `ref` is left out. Raises UsageError where there is no git, no repository
    or no such ref.
    """
    listed = _list_tree(root, ref, paths)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "sites").mkdir()
        _write_blobs(root, folder, dict(_blobs(listed)))
        yield folder


def changed_files(root: Path, ref: str, paths: Sequence[str]) -> tuple[str, ...]:
    """The files below `paths`, sorted, that are not what they are in `ref`: other, new or gone.

    What is not committed counts as it stands. Raises UsageError as `checked_out` does.
    """
    before = dict(_blobs(_list_tree(root, ref, paths)))
    now = {path: file for each in paths for path, file in _present(root, each)}
    same = {
        path
        for path in before.keys() & now.keys()
        if before[path] == _blob(now[path], before[path])
    }
    return tuple(sorted((before.keys() | now.keys()) - same))


def _list_tree(root: Path, ref: str, paths: Sequence[str]) -> bytes:
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    tree = f"{_find_commit(root, ref)}:{prefix}"
    return _git(root, "ls-tree", "-r", "-z", "--full-tree", tree, "--", *paths)


def _present(root: Path, path: str) -> Iterator[tuple[str, Path]]:
    top = root / path
    for file in (top, *sorted(top.rglob("*"))):
        if file.is_file() and file.suffix != ".pyc":
            yield file.relative_to(root).as_posix(), file


def _blob(file: Path, like: str) -> str:
    """The name that git would give to a file's content, of the kind that `like` is."""
    if file.stat().st_size > _MOST_BYTES:  # nothing that edgeward reads; a link can lead anywhere
        return ""
    data = file.read_bytes()
    known = hashlib.sha1 if len(like) == _SHA1 else hashlib.sha256
    return known(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def read_head(root: Path, paths: Sequence[str]) -> tuple[str, bool] | None:
    """The commit that is checked out, and whether `paths` differ from it; None outside of git."""
    found = _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if found.returncode:
        return None
    commit = found.stdout.decode().strip()
    return commit, bool(changed_files(root, commit, paths))


def read_commit(root: Path, ref: str) -> tuple[str, str]:
    """The name of a commit and its day. Raises UsageError as `checked_out` does."""
    commit = _find_commit(root, ref)
    return commit, _git(root, "show", "--no-patch", "--format=%cs", commit).decode().strip()


def list_commits(
    root: Path, ref: str, path: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The commits on the line of `ref` that changed files below `path`, and those files.

    A commit is its name, day, author, committer, subject and body; a merge counts as the one
    change that it brings. None outside of git.
    """
    told = _run(root, "log", *_LOG, f"--format=%x01{_FIELDS}", "--end-of-options", ref, "--", path)
    tokens = (
        told.stdout.decode("utf-8", errors="replace").split("\0") if not told.returncode else []
    )
    at = 0
    while at + _FIELD_COUNT < len(tokens):
        head = tokens[at : at + _FIELD_COUNT]
        at += _FIELD_COUNT
        start = at
        # No message holds a zero byte and no path here starts with this mark: none can be forged.
        while at < len(tokens) and not tokens[at].startswith("\1"):
            at += 1
        files = tuple(filter(None, (each.lstrip("\n") for each in tokens[start:at])))
        yield (head[0].lstrip("\1"), *head[1:]), files


def commit_subjects(root: Path, base: str, head: str) -> tuple[str, ...]:
    """The first lines of the commits that `head` has and `base` has not, oldest first."""
    told = _git(root, "log", "--no-merges", "--reverse", "--format=%s", f"{base}..{head}", "--")
    return tuple(line.strip() for line in told.decode(errors="replace").splitlines())


def _find_commit(root: Path, ref: str) -> str:
    found = _run(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.decode().strip()
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = "the clone is shallow, so fetch it first: `git fetch --depth=1 origin "
        raise UsageError(f"{ref}: not in this clone; {hint}{ref.removeprefix('origin/')}`")
    raise UsageError(f"{ref}: git knows no such branch, tag or commit; see `git branch --all`")


def _blobs(listed: bytes) -> Iterator[tuple[str, str]]:
    """Paths with the object of each file, from `git ls-tree -z`."""
    for line in filter(None, listed.split(b"\0")):
        head, _, path = line.decode("utf-8", errors="surrogateescape").partition("\t")
        mode, _, blob = head.split()
        parts = PurePosixPath(path).parts
        if mode in _FILES and not {"..", "/", ".git"} & set(parts):
            yield path, blob


def _write_blobs(root: Path, folder: Path, blobs: dict[str, str]) -> None:
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    packed = _git(root, "cat-file", "--batch", data=asked)
    start = 0
    for path in blobs:
        end = packed.index(b"\n", start)
        kind, size = packed[start:end].split()[1:3]
        if kind != b"blob":
            raise UsageError(f"git has no content for {path}: fetch it, or repair the clone")
        start = end + 1 + int(size) + 1
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(packed[end + 1 : start - 1])


def _git(root: Path, *arguments: str, data: bytes = b"") -> bytes:
    done = _run(root, *arguments, data=data)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"{root}: git {arguments[0]}: {said[-1]}")
    return done.stdout


def _run(root: Path, *arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"git does not answer, is it installed? {error}") from error
