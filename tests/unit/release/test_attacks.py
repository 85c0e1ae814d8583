"""The attacks that TUF is there for, on the documented client and on the pull script.

Each is refused in words of its own, and nothing is installed.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest
from securesystemslib.exceptions import StorageError
from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.api.metadata import Metadata, MetaFile, TargetFile

from edgeward.release.assign import Assigned
from edgeward.release.host import host_files
from edgeward.release.keys import open_signers
from edgeward.write import replace_directory
from edgeward_pull.refused import Refused
from edgeward_pull.release import Host
from tests.unit.release.staging import BOX, NOW, SITES, Stage, make_stage, served

Client = Callable[[str], None]
"""Fetches for lyon's box from an address; raises where it refuses."""

_spec = importlib.util.spec_from_file_location("fetch_release", "docs/how-to/fetch_release.py")
assert _spec is not None and _spec.loader is not None
fetch_release = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fetch_release)

ALL = dict.fromkeys(SITES, Assigned(1))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return make_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def stage(original: Stage, tmp_path: Path) -> Stage:
    """A repository of its own for each test."""
    shutil.copytree(original.root, tmp_path / "root")
    shutil.copytree(original.repository, tmp_path / "repository")
    return Stage(tmp_path / "root", tmp_path / "repository")


class _Documented:
    """The client of docs/how-to/fetch_release.py."""

    refusals = (RepositoryError, DownloadError, StorageError)
    words: ClassVar = {
        "arbitrary target": "hash",
        "arbitrary role": "was signed by 0/",
        "rollback": "version|Expected",
        "freeze": "expired",
        "mix": "hash",
        "endless": "length|bytes",
        "below threshold": "was signed by 1/2",
        "wrong plant": "nothing is released",
        "root below": "was signed by 1/2",
    }

    def __init__(self, stage: Stage, folder: Path) -> None:
        folder.mkdir()
        shutil.copy(stage.repository / "metadata" / "1.root.json", folder / "root.json")
        self._folder = folder

    def fetch(self, url: str) -> None:
        fetch_release.fetch(url, f"lyon/{BOX}", self._folder)

    def installed(self) -> list[str]:
        return [
            path.read_bytes().hex() for path in sorted((self._folder / "targets").glob("*.tar"))
        ]


class _PullScript:
    refusals = (Refused,)
    words: ClassVar = {
        "arbitrary target": "arbitrary software: .* is not the file that was signed",
        "arbitrary role": "arbitrary software: plant-lyon is signed by no key",
        "rollback": "rollback: timestamp is version 1, and 2 was seen",
        "freeze": "freeze: timestamp was good until",
        "mix": "mix-and-match: plant-lyon is not the file that belongs",
        "endless": "endless data: .* goes on beyond",
        "below threshold": "too few keys: plant-lyon is signed by 1 of the 2",
        "wrong plant": "wrong plant: plant-lyon has no release",
        "root below": "too few keys: root is signed by 1 of the 2",
    }

    def __init__(self, stage: Stage, folder: Path) -> None:
        replace_directory(folder, host_files(stage.repository, "lyon", BOX, "http://unset"))
        self._into = folder / "releases"

    def fetch(self, url: str) -> None:
        settings = {"repository": url, "site": "lyon", "box": BOX}
        settings |= {"activate": ["true"], "health": ["true"]}
        (self._into / "pull.json").write_text(json.dumps(settings))
        Host(self._into, lambda: NOW, sleep=lambda _: None).run()

    def installed(self) -> list[str]:
        return sorted(path.name for path in (self._into / "slots").glob("*"))


@pytest.fixture(params=[_Documented, _PullScript], ids=["documented", "pull-script"])
def client(
    request: pytest.FixtureRequest, stage: Stage, tmp_path: Path
) -> _Documented | _PullScript:
    made: _Documented | _PullScript = request.param(stage, tmp_path / "client")
    return made


@pytest.fixture
def url(stage: Stage) -> Iterator[str]:
    with served(stage.repository) as address:
        yield address


Subject = _Documented | _PullScript


def _refuses(client: Subject, url: str, attack: str) -> None:
    before = client.installed()
    with pytest.raises(client.refusals, match=client.words[attack]):
        client.fetch(url)
    assert client.installed() == before


def test_what_was_signed_is_taken(client: Subject, url: str) -> None:
    client.fetch(url)
    client.fetch(url)
    assert client.installed()


def test_arbitrary_software_in_a_file(client: Subject, stage: Stage, url: str) -> None:
    client.fetch(url)
    stage.build(2, "two")
    stage.publish(dict.fromkeys(SITES, Assigned(2)))
    for path in (stage.repository / "targets" / "plants" / "lyon").iterdir():
        path.write_bytes(bytes(path.stat().st_size))
    _refuses(client, url, "arbitrary target")


def test_arbitrary_software_signed_by_a_stranger(client: Subject, stage: Stage, url: str) -> None:
    client.fetch(url)
    _forge_role(stage, "stranger")
    _refuses(client, url, "arbitrary role")


def test_too_few_stolen_keys(client: Subject, stage: Stage, url: str) -> None:
    """Also with the keys that are online, which sign snapshot and timestamp."""
    client.fetch(url)
    _forge_role(stage, "plants-a")
    _refuses(client, url, "below threshold")


def test_a_root_by_too_few(client: Subject, stage: Stage, url: str) -> None:
    client.fetch(url)
    metadata = stage.repository / "metadata"
    root = Metadata.from_file(str(metadata / "1.root.json"))
    root.signed.version = 2
    (signer,) = open_signers(stage.key("root-a")).values()
    root.sign(signer)
    root.to_file(str(metadata / "2.root.json"))
    _refuses(client, url, "root below")


def test_rollback(client: Subject, stage: Stage, url: str) -> None:
    timestamp = stage.repository / "metadata" / "timestamp.json"
    old = timestamp.read_bytes()
    stage.build(2, "two")
    stage.publish(dict.fromkeys(SITES, Assigned(2)))
    client.fetch(url)
    timestamp.write_bytes(old)
    _refuses(client, url, "rollback")


def test_freeze(client: Subject, stage: Stage, url: str) -> None:
    """Signed 31 days ago, and good for 30."""
    stage.publish(ALL, NOW - timedelta(days=31))
    _refuses(client, url, "freeze")


def test_mix_and_match(client: Subject, stage: Stage, url: str) -> None:
    """Both files are properly signed; they never were together."""
    metadata = stage.repository / "metadata"
    role = Metadata.from_file(str(metadata / "1.plant-lyon.json"))
    (file,) = role.signed.targets.values()
    file.unrecognized_fields["custom"]["release"] = 2
    for signer in open_signers(stage.key("plants-a", "plants-b")).values():
        role.sign(signer, append=True)
    role.to_file(str(metadata / "1.plant-lyon.json"))
    _refuses(client, url, "mix")


@pytest.mark.parametrize("path", ["timestamp.json", "1.snapshot.json", f".{BOX}.tar"])
def test_endless_data(client: Subject, stage: Stage, path: str) -> None:
    class Endless(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.endswith(path):
                return super().do_GET()
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(1 << 16))
            except OSError:  # hung up on
                return None

        def log_message(self, format: str, *args: object) -> None:
            pass

    with served(stage.repository, Endless) as url:
        _refuses(client, url, "endless")


def test_keys_of_another_plant(client: Subject, stage: Stage, url: str) -> None:
    """Brno's role signs for a file of lyon's, whose own role has none."""
    brno = f"plants/lyon/{BOX}.tar"
    _replace_role(stage, "plant-brno", brno, ("plants-a", "plants-b"))
    _replace_role(stage, "plant-lyon", None, ("plants-a", "plants-b"))
    _refuses(client, url, "wrong plant")


def test_the_bundle_of_another_plant(stage: Stage, tmp_path: Path, url: str) -> None:
    """Signed for lyon by mistake; the script looks at what the bundle says of itself."""
    client = _PullScript(stage, tmp_path / "client")
    metadata, targets = stage.repository / "metadata", stage.repository / "targets" / "plants"
    theirs = Metadata.from_file(str(metadata / "1.plant-brno.json"))
    (file,) = theirs.signed.targets.values()
    name = f"{file.hashes['sha256']}.{BOX}.tar"
    shutil.copy(targets / "brno" / name, targets / "lyon" / name)
    path = f"plants/lyon/{BOX}.tar"
    target = TargetFile(file.length, file.hashes, path, file.unrecognized_fields)
    _replace_role(stage, "plant-lyon", path, ("plants-a", "plants-b"), target)
    with pytest.raises(Refused, match="wrong plant: it was made for brno/line2-gpu"):
        client.fetch(url)
    assert client.installed() == []


def test_a_role_that_signs_beyond_its_plant(stage: Stage, tmp_path: Path, url: str) -> None:
    client = _PullScript(stage, tmp_path / "client")
    _replace_role(stage, "plant-lyon", f"plants/brno/{BOX}.tar", ("plants-a", "plants-b"))
    with pytest.raises(Refused, match="wrong plant: plant-lyon signs for plants/brno"):
        client.fetch(url)


def _forge_role(stage: Stage, holder: str) -> None:
    _replace_role(stage, "plant-lyon", f"plants/lyon/{BOX}.tar", (holder,))


def _replace_role(
    stage: Stage,
    name: str,
    path: str | None,
    holders: tuple[str, ...],
    target: TargetFile | None = None,
) -> None:
    """The next version of a role, with snapshot and timestamp by the keys that are online."""
    metadata = stage.repository / "metadata"
    timestamp = Metadata.from_file(str(metadata / "timestamp.json"))
    version = timestamp.signed.snapshot_meta.version
    snapshot = Metadata.from_file(str(metadata / f"{version}.snapshot.json"))
    listed = snapshot.signed.meta[f"{name}.json"].version
    role = Metadata.from_file(str(metadata / f"{listed}.{name}.json"))
    role.signed.version += 1
    file = next(iter(role.signed.targets.values()))
    role.signed.targets.clear()
    if path is not None:
        moved = TargetFile(file.length, file.hashes, path, file.unrecognized_fields)
        role.signed.targets[path] = target or moved
    role.signatures.clear()
    for signer in open_signers(stage.key(*holders)).values():
        role.sign(signer, append=True)
    (online,) = open_signers(stage.key("online")).values()
    role.to_file(str(metadata / f"{role.signed.version}.{name}.json"))
    snapshot.signed.meta[f"{name}.json"] = _meta(role)
    snapshot.signed.version += 1
    snapshot.sign(online)
    snapshot.to_file(str(metadata / f"{snapshot.signed.version}.snapshot.json"))
    timestamp.signed.snapshot_meta = _meta(snapshot)
    timestamp.signed.version += 1
    timestamp.sign(online)
    timestamp.to_file(str(metadata / "timestamp.json"))


def _meta(metadata: Metadata) -> MetaFile:  # type: ignore[type-arg]
    return MetaFile.from_data(metadata.signed.version, metadata.to_bytes(), ["sha256"])
