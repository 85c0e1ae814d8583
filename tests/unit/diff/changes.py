"""Repositories with a few of the example plants, before and after a change of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from edgeward.lock import LOCK_NAME, write_lock
from edgeward.session import assess_plant, open_session
from edgeward.shipped import source_tree_at

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[3]
PLANTS = ("bottling-brno", "carrier-pins", "amberg-pcb")

GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")

Edit = Callable[[Path], object]


def write_repository(root: Path, plants: tuple[str, ...] = PLANTS) -> Path:
    """A source tree of edgeward with some plants, their decisions and an approver."""
    for part in ("policies", "templates", "sites/catalog"):
        shutil.copytree(ROOT / part, root / part)
    (root / "src" / "edgeward").mkdir(parents=True)
    (root / "src" / "edgeward" / "__init__.py").write_text("")
    fleet = (ROOT / "sites" / "fleet.yaml").read_text()
    (root / "sites" / "fleet.yaml").write_text(f"{fleet}approvers: [ot-security@example.com]\n")
    for name in plants:
        add_plant(root, name)
    decide(root)
    return root


def commit(root: Path, subject: str = "base") -> None:
    """Commit all that is there, in a repository of its own."""
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", subject)):
        git(root, *arguments)


def git(root: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=root, check=True)


def add_plant(root: Path, name: str) -> None:
    (root / "sites" / name).mkdir()
    shutil.copy(ROOT / "sites" / name / "site.yaml", root / "sites" / name)


def decide(root: Path) -> None:
    """Write every plant's lock, as `edgeward decide` does but for what is fragile."""
    with source_tree_at(root):
        session = open_session(root, TODAY)
        for name in session.workspace.plants:
            decision = assess_plant(session, name).decision
            assert decision is not None
            (root / "sites" / name / LOCK_NAME).write_text(write_lock(decision))


def replace(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text()
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1))
