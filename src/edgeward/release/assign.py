"""Which release each plant gets, as what its role and the models' role sign for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tuf.api.metadata import TargetFile

from edgeward.errors import UsageError
from edgeward.release.build import BuiltBox, BuiltFile, read_release, stored_at
from edgeward.release.keys import MODELS, plant_role
from edgeward.release.repository import read_published

Instants = tuple[str, str]
"""A window in UTC, as `2026-11-29T05:00:00Z`."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """`windows` are when a box may switch; None is at once."""

    release: int
    windows: tuple[Instants, ...] | None = None


def sign_for(
    repository: Path, assigned: Mapping[str, Assigned]
) -> dict[str, dict[str, TargetFile]]:
    """What each role has to sign so that the plants get what is assigned to them.

    Models that any plant still has stay. Raises UsageError for a release that was not built, has
    nothing for the plant, or whose files are gone.
    """
    numbers = {each.release for each in assigned.values()}
    built = {number: read_release(repository, number).by_site() for number in numbers}
    wanted: dict[str, dict[str, TargetFile]] = {}
    published = read_published(repository)
    known = published.roles.get(MODELS)
    models = dict(known.signed.targets) if known is not None else {}
    for site, each in assigned.items():
        boxes = built[each.release].get(site)
        if boxes is None:
            raise UsageError(f"release {each.release} has nothing for {site}")
        wanted[plant_role(site)] = {
            box.archive.path: _target(repository, box.archive, _custom(box, each)) for box in boxes
        }
        for box in boxes:
            for file in box.models.values():
                models[file.path] = _target(repository, file, {})
    return {**wanted, MODELS: models}


def _custom(box: BuiltBox, assigned: Assigned) -> dict[str, object]:
    custom: dict[str, object] = {"release": assigned.release}
    if box.models:
        custom["models"] = {
            folder: {"path": file.path, "sha256": file.sha256}
            for folder, file in sorted(box.models.items())
        }
    if assigned.windows is not None:
        custom["activate"] = [list(window) for window in assigned.windows]
    return custom


def _target(repository: Path, file: BuiltFile, custom: dict[str, object]) -> TargetFile:
    path = stored_at(repository, file)
    if not path.is_file() or path.stat().st_size != file.length:
        raise UsageError(f"{path}: is gone or cut short; build the release again")
    unrecognized = {"custom": custom} if custom else {}
    return TargetFile(file.length, {"sha256": file.sha256}, file.path, unrecognized)
