"""Release N of plants: the archives of their boxes and the models that these name, by digest.

What was built never changes: `releases/N.json` in the repository lists it, and publishing signs
what of it a plant gets. So going back is publishing a lower number.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edgeward.bundle.archive import pack_files
from edgeward.bundle.bundle import Bundle
from edgeward.bundle.render import BundleFile
from edgeward.errors import UsageError
from edgeward.release.keys import RoleKeys
from edgeward.release.provenance import refuse_origin
from edgeward.write import sync_file_system, write_file_atomically

_SHOWN = 12
_PATH = re.compile(r"(plants/[^/]+|models)/[^/]+\.tar")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of a release; `path` is the TUF target's."""

    path: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BuiltBox:
    """The archive of a box, and by folder of its slot the models that belong with it."""

    site: str
    box: str
    archive: BuiltFile
    models: Mapping[str, BuiltFile]


@dataclass(frozen=True, slots=True)
class Release:
    number: int
    boxes: tuple[BuiltBox, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(sorted({box.site for box in self.boxes}))

    def by_site(self) -> Mapping[str, tuple[BuiltBox, ...]]:
        """The boxes of each plant that the release has something for."""
        found: dict[str, tuple[BuiltBox, ...]] = {}
        for box in self.boxes:
            found[box.site] = (*found.get(box.site, ()), box)
        return found


def build_release(
    repository: Path,
    number: int,
    bundles: Iterable[Bundle],
    models: Path | None,
    provenance: RoleKeys | None = None,
) -> Release:
    """Write the files of a release; `models` has a folder MODEL-VERSION for each model.

    With `provenance`, each model has to carry one that these keys signed.

    Raises UsageError with all models that are missing or are not what the catalog says, and for a
    number that was built with another content.
    """
    chosen = tuple(bundles)
    archives = _Models(models, provenance).pack(chosen)
    boxes = []
    for bundle in chosen:
        content = pack_files(bundle.files)
        path = _archive_path(bundle.site, bundle.name)
        needed = {folder: archives[name][0] for folder, name in _needs(bundle)}
        boxes.append(BuiltBox(bundle.site, bundle.name, _describe(path, content), needed))
        _store(repository, boxes[-1].archive, content)
    for file, content in archives.values():
        _store(repository, file, content)
    release = Release(number, tuple(boxes))
    _write_index(repository, release)
    return release


def read_release(repository: Path, number: int) -> Release:
    """Raises UsageError for a number that was not built here, and for an index that is damaged."""
    path = _index(repository, number)
    repair = "restore it, or remove it and build the release again"
    try:
        raw = json.loads(path.read_bytes())
        found, boxes = raw["number"], tuple(_box(each) for each in raw["boxes"])
    except FileNotFoundError as error:
        raise UsageError(f"release {number} was not built in {repository}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: is damaged or no release of edgeward's: {repair}") from error
    if found != number:
        raise UsageError(f"{path}: lists release {found}, not {number}: {repair}")
    return Release(number, boxes)


def is_built(repository: Path, number: int) -> bool:
    return _index(repository, number).exists()


def stored_at(repository: Path, file: BuiltFile) -> Path:
    """Where consistent snapshots have a target: its digest is part of its name."""
    head, _, name = file.path.rpartition("/")
    return repository / "targets" / head / f"{file.sha256}.{name}"


def check_stored(repository: Path, file: BuiltFile) -> Path:
    """Where a file is, for whoever takes it past TUF; raises UsageError where it is another."""
    path = stored_at(repository, file)
    try:
        with path.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: build the release again") from error
    if found != file.sha256:
        raise UsageError(f"{path}: is cut short or foreign: remove it and build the release again")
    return path


class _Models:
    def __init__(self, folder: Path | None, provenance: RoleKeys | None) -> None:
        self._folder, self._provenance = folder, provenance

    def pack(self, bundles: tuple[Bundle, ...]) -> dict[str, tuple[BuiltFile, bytes]]:
        """Each model once, as one archive; by name."""
        packed: dict[str, tuple[BuiltFile, bytes]] = {}
        wrong: list[str] = []
        for bundle in bundles:
            for name, sha256 in _models(bundle):
                if name in packed:
                    continue
                files = [*read_model(self._folder, name)]
                refusal = self._refuse(files, sha256)
                if refusal is not None:
                    wrong.append(f"{name}: {refusal}")
                content = pack_files(files)
                digest = hashlib.sha256(content).hexdigest()[:_SHOWN]
                packed[name] = (_describe(f"models/{name}-{digest}.tar", content), content)
        if wrong:
            raise UsageError("; ".join(sorted(set(wrong))))
        return packed

    def _refuse(self, files: list[BundleFile], sha256: str | None) -> str | None:
        if not files:
            return "there is no folder of that name in --models"
        digests = {hashlib.sha256(file.content).hexdigest() for file in files}
        if sha256 is not None and sha256 not in digests:
            return f"none of its files has the catalog's sha256 {sha256}"
        return refuse_origin(files, self._provenance) if self._provenance is not None else None


def read_model(folder: Path | None, name: str) -> Iterator[BundleFile]:
    """The files of a model; none where there is no such folder."""
    if folder is None:
        return
    for path in sorted((folder / name).rglob("*")):
        if path.is_file():
            mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            yield BundleFile(path.relative_to(folder / name).as_posix(), mode, path.read_bytes())


def _needs(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """The folder in the slot, where the unit of a use case looks for it, and the model's name."""
    for case in _cases(bundle):
        name = _model_name(case)
        yield f"{case['name']}/{name}", name


def _models(bundle: Bundle) -> Iterator[tuple[str, str | None]]:
    for case in _cases(bundle):
        yield _model_name(case), case["model"]["sha256"]


def _cases(bundle: Bundle) -> Iterator[Mapping[str, Any]]:
    """The use cases that run on the box from a file; a container brings its model itself."""
    for case in json.loads(bundle.manifest)["use_cases"]:
        if case["runs_at"] == bundle.device and case["model"]["image"] is None:
            yield case


def _model_name(case: Mapping[str, Any]) -> str:
    return f"{case['model']['name']}-{case['model']['version']}"


def _describe(path: str, content: bytes) -> BuiltFile:
    return BuiltFile(path, len(content), hashlib.sha256(content).hexdigest())


def _store(repository: Path, file: BuiltFile, content: bytes) -> None:
    path = stored_at(repository, file)
    if path.is_file() and path.stat().st_size == file.length:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    staging = path.with_name(f".{path.name}.new")
    staging.write_bytes(content)
    staging.replace(path)


def _write_index(repository: Path, release: Release) -> None:
    content = f"{json.dumps(asdict(release), indent=1, sort_keys=True)}\n".encode()
    path = _index(repository, release.number)
    if path.is_file() and path.read_bytes() != content:
        raise UsageError(f"release {release.number} has another content already: take a new number")
    path.parent.mkdir(parents=True, exist_ok=True)
    sync_file_system(path.parent)
    write_file_atomically(path, content)


def _index(repository: Path, number: int) -> Path:
    return repository / "releases" / f"{number}.json"


def _box(raw: Mapping[str, Any]) -> BuiltBox:
    """Raises ValueError where the archive is another box's, or a name is none of ours."""
    site, box, archive = raw["site"], raw["box"], _file(raw["archive"])
    if archive.path != _archive_path(site, box):
        raise ValueError(archive.path)
    models = {folder: _file(file) for folder, file in raw["models"].items()}
    return BuiltBox(site, box, archive, models)


def _file(raw: Mapping[str, Any]) -> BuiltFile:
    file = BuiltFile(**raw)
    if type(file.length) is not int or not _PATH.fullmatch(file.path):
        raise ValueError(file.path)
    if not _SHA256.fullmatch(file.sha256):
        raise ValueError(file.sha256)
    return file


def _archive_path(site: str, box: str) -> str:
    return f"plants/{site}/{box}.tar"
