"""Releases cut short, or of somebody else: each is refused with what to do, by all that read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edgeward.errors import UsageError
from edgeward.release.assign import Assigned, sign_for
from edgeward.release.build import read_release, stored_at
from edgeward.release.declared import declared_boxes
from edgeward.release.hand_over import hand_over
from edgeward.release.repository import read_published
from tests.samples import SITE
from tests.unit.release.staging import BOX, Stage, make_stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return make_stage(tmp_path)


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _another_program(_text: str) -> str:
    return json.dumps({"version": "1.2", "artifacts": []})


def _changed(change: Callable[[Any], object]) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        raw = json.loads(text)
        change(raw["boxes"][0])
        return json.dumps(raw)

    return spoil


DAMAGED = "is damaged or no release of edgeward's: restore it, or remove it"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_cut, DAMAGED),
        (lambda _: "", DAMAGED),
        (lambda _: "[]", DAMAGED),
        (lambda _: "[" * 100_000, DAMAGED),
        (lambda _: "\x00\ud800", DAMAGED),
        (_another_program, DAMAGED),
        (lambda text: text.replace('"number": 1', '"number": 7'), "lists release 7, not 1"),
        (_changed(lambda box: box.update(site="lyon")), DAMAGED),  # its archive is brno's
        (_changed(lambda box: box.update(models=[])), DAMAGED),
        (_changed(lambda box: box["archive"].update(path=7)), DAMAGED),
        (_changed(lambda box: box["archive"].update(path="../../etc/passwd")), DAMAGED),
        (_changed(lambda box: box["archive"].update(sha256="../x")), DAMAGED),
        (_changed(lambda box: box["archive"].update(length="12")), DAMAGED),
        (_changed(lambda box: box.update(models={"x": {"path": "models/x.tar"}})), DAMAGED),
    ],
)
def test_a_list_that_is_none(stage: Stage, spoil: Callable[[str], str], message: str) -> None:
    path = stage.repository / "releases" / "1.json"
    path.write_bytes(spoil(path.read_text()).encode(errors="surrogatepass"))
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_release(stage.repository, 1),
        lambda: sign_for(stage.repository, {"brno": Assigned(1)}),
        lambda: [*hand_over(stage.repository, 1, "brno", BOX, "rauc")],
        lambda: [*declared_boxes(stage.repository, {"brno": SITE}, {})],
    )
    for read in readers:
        with pytest.raises(UsageError, match=message) as refused:
            read()
        assert str(path) in str(refused.value)


def _archive(stage: Stage) -> Path:
    return stored_at(stage.repository, read_release(stage.repository, 1).boxes[0].archive)


def test_an_archive_that_is_cut_short(stage: Stage) -> None:
    path = _archive(stage)
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(UsageError, match="is gone or cut short; build the release again"):
        sign_for(stage.repository, {"brno": Assigned(1)})
    with pytest.raises(UsageError, match="is cut short or foreign"):
        [*hand_over(stage.repository, 1, "brno", BOX, "rauc")]


def test_an_archive_of_somebody_else(stage: Stage) -> None:
    """Of the right length, and of another plant: no agent gets it, as TUF would give it to none."""
    path = _archive(stage)
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(UsageError, match="is cut short or foreign: remove it and build"):
        [*hand_over(stage.repository, 1, "brno", BOX, "mender")]


def test_metadata_that_is_cut_short(stage: Stage) -> None:
    """One file after the other: the repository is named, whatever is wrong with it."""
    for path in sorted((stage.repository / "metadata").glob("*.json")):
        before = path.read_bytes()
        for content in (before[: len(before) // 2], b"", b"[]", b'{"signed": 1}'):
            path.write_bytes(content)
            with pytest.raises(UsageError, match="its metadata cannot be read"):
                read_published(stage.repository)
        path.write_bytes(before)
    read_published(stage.repository)


def test_a_plant_signed_by_another_program(stage: Stage) -> None:
    path = stage.repository / "metadata" / "1.plant-brno.json"
    raw = json.loads(path.read_bytes())
    for target in raw["signed"]["targets"].values():
        del target["custom"]
    path.write_text(json.dumps(raw))
    with pytest.raises(UsageError, match=r"plant-brno: .* is signed without a release"):
        [*declared_boxes(stage.repository, {"brno": SITE}, {})]


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not signed yet; run `edgeward release keys` first"):
        read_published(tmp_path)
