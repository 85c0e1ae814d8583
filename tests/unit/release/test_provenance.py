"""A model is released with a provenance of exactly its files, by who may sign one, or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from edgeward.cli.main import edgeward
from edgeward.errors import UsageError
from edgeward.release.build import build_release
from edgeward.release.keys import load_keys
from edgeward.release.provenance import PROVENANCE_FILE
from tests.unit.release.staging import KEYS, make_bundle, write_keys

ROLE = "  provenance: {keys: [models.pub], days: 365}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_keys(tmp_path / "root", KEYS + ROLE)
    model = tmp_path / "models" / "net-1.0"
    model.mkdir(parents=True)
    (model / "run").write_text("#!/bin/sh\n")
    return root


def _attest(root: Path, holder: str = "models", **changed: str) -> None:
    given = {"data-sha256": "ab" * 32, "training-run": "run 7", "evaluation": "report 7"}
    given |= {"approver": "quality@example.com", "key": str(root / "releases" / f"{holder}.key")}
    options = [word for name, value in (given | changed).items() for word in (f"--{name}", value)]
    model = str(root.parent / "models" / "net-1.0")
    done = CliRunner().invoke(
        edgeward, ["release", "attest", model, *options], standalone_mode=False
    )
    assert done.exception is None, done.exception


def _build(root: Path) -> None:
    role = load_keys(root).roles["provenance"]
    folder = root.parent
    build_release(folder / "repository", 1, [make_bundle("lyon")], folder / "models", role)


def test_attested_it_is_released(root: Path) -> None:
    _attest(root)
    _build(root)
    envelope = json.loads((root.parent / "models" / "net-1.0" / PROVENANCE_FILE).read_bytes())
    assert envelope["payloadType"] == "application/vnd.in-toto+json"


def _nothing(root: Path, model: Path) -> None:
    pass


def _by_a_stranger(root: Path, model: Path) -> None:
    _attest(root, "stranger")


def _changed_after(root: Path, model: Path) -> None:
    _attest(root)
    (model / "run").write_text("#!/bin/sh\nanother\n")


def _added_after(root: Path, model: Path) -> None:
    _attest(root)
    (model / "more").write_text("more")


def _without_approver(root: Path, model: Path) -> None:
    _attest(root, approver="")


def _damaged(root: Path, model: Path) -> None:
    (model / PROVENANCE_FILE).write_text("{}")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_nothing, "net-1.0: has no provenance"),
        (_by_a_stranger, "is not signed by 1 of those who may"),
        (_changed_after, "is of other files"),
        (_added_after, "is of other files"),
        (_without_approver, "does not say approver"),
        (_damaged, "cannot be read"),
    ],
)
def test_it_is_not_released(root: Path, spoil: Callable[[Path, Path], None], message: str) -> None:
    spoil(root, root.parent / "models" / "net-1.0")
    with pytest.raises(UsageError, match=message):
        _build(root)
    assert not (root.parent / "repository" / "releases").exists()
