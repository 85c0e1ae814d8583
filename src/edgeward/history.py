"""What git knows of who wrote, merged and reviewed the plants of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from edgeward.git import list_commits

_REVIEWS = ("reviewed-by", "approved-by", "acked-by")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the line that is checked out, or a merge into it; `day` is that of the committer.

    `review` is what the message records of one: its trailers, and whoever merged someone else's.
    """

    name: str
    day: str
    author: str
    committer: str
    review: str
    subject: str

    @property
    def short(self) -> str:
        return self.name[:12]


History = Mapping[str, tuple[Commit, ...]]


def read_history(root: Path, ref: str = "HEAD") -> History:
    """By plant, the commits that changed its folder, the last first; empty outside of git."""
    found: dict[str, list[Commit]] = {}
    for head, paths in list_commits(root, ref, "sites"):
        commit = _commit(head)
        for plant in dict.fromkeys(_plants(paths)):
            found.setdefault(plant, []).append(commit)
    return {plant: tuple(commits) for plant, commits in found.items()}


def _commit(head: tuple[str, ...]) -> Commit:
    name, day, author, committer, subject, body = head
    return Commit(name, day, author, committer, "; ".join(_trailers(body)), subject)


def _trailers(body: str) -> Iterator[str]:
    for line in body.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() in _REVIEWS:
            yield f"{key.strip().lower().replace('-', ' ')} {value.strip()}"


def _plants(paths: tuple[str, ...]) -> Iterator[str]:
    """`sites/NAME/FILE`, as seen from the root of the repository."""
    for path in paths:
        parts = path.split("/")
        if len(parts) == 3 and parts[2] in ("site.yaml", "decision.lock.yaml"):
            yield parts[1]
