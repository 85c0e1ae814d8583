"""The same release as what other update agents take, each in its own documented form.

AWS documents are the input of `aws … --cli-input-json`. What hawkBit, RAUC and Mender take is
written by their manuals and was not tried with the programs.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgeward.bundle.archive import unpack_files, zip_files
from edgeward.bundle.greengrass import read_greengrass
from edgeward.errors import UsageError
from edgeward.facts.pulling import JOB_MINUTES, pull_job
from edgeward.release.build import BuiltBox, check_stored, read_release
from edgeward.write import OutputFile


@dataclass(frozen=True, slots=True)
class HandedBox:
    """A box of a release with its archive; `thing` is the ARN of the thing or group, for AWS."""

    number: int
    box: BuiltBox
    archive: bytes
    thing: str
    repository: Path

    @property
    def name(self) -> str:
        return f"{self.box.site}-{self.box.box}-{self.number}"

    def model(self, folder: str) -> Path:
        """The archive of the model that belongs into a folder of the box."""
        return check_stored(self.repository, self.box.models[folder])

    @property
    def manifest(self) -> Mapping[str, object]:
        files = {each.path: each.content for each in unpack_files(self.archive)}
        found: Mapping[str, object] = json.loads(files["manifest.json"])
        return found


def hand_over(
    repository: Path, number: int, site: str, box: str, agent: str, *, thing: str = ""
) -> Iterator[OutputFile]:
    """The files for an agent. Raises UsageError for a box that the release does not have, or
    whose files are damaged.
    """
    boxes = read_release(repository, number).by_site().get(site, ())
    found = next((each for each in boxes if each.box == box), None)
    if found is None:
        raise UsageError(f"release {number} has nothing for {site}/{box}")
    archive = check_stored(repository, found.archive).read_bytes()
    return AGENTS[agent](HandedBox(number, found, archive, thing, repository))


def _iot_job(handed: HandedBox) -> Iterator[OutputFile]:
    """A job that starts the pull script: what it installs is still verified by TUF on the host."""
    yield _json(
        "create-job.json",
        {
            "jobId": handed.name,
            "targets": [_thing(handed)],
            "description": f"edgeward release {handed.number}",
            "document": pull_job(),
            "targetSelection": "SNAPSHOT",
            "timeoutConfig": {"inProgressTimeoutInMinutes": JOB_MINUTES},
        },
    )


def _greengrass(handed: HandedBox) -> Iterator[OutputFile]:
    """The recipes of the bundle, and its deployment, which goes back by itself, for the thing."""
    files = read_greengrass(unpack_files(handed.archive))
    if files is None:
        raise UsageError(f"{handed.box.site}/{handed.box.box} does not run greengrass")
    given = {"targetArn": _thing(handed), "deploymentName": handed.name}
    yield _json("create-deployment.json", {**files.deployment, **given})
    for name, content in files.recipes.items():
        yield OutputFile(f"recipes/{name}", content)
        yield from _archives(handed, json.loads(content))


def _archives(handed: HandedBox, recipe: Mapping[str, Any]) -> Iterator[OutputFile]:
    """The model of a component, where its recipe looks for it below the bucket."""
    (manifest,) = recipe["Manifests"]
    told = manifest["Lifecycle"]["Setenv"]
    folder = "{EDGEWARD_USE_CASE}/{EDGEWARD_MODEL}-{EDGEWARD_MODEL_VERSION}".format_map(told)
    for artifact in manifest.get("Artifacts", ()):
        path = artifact["Uri"].removeprefix("s3://").partition("/")[2]
        yield OutputFile(f"bucket/{path}", zip_files(handed.model(folder)))


def _hawkbit(handed: HandedBox) -> Iterator[OutputFile]:
    """Bodies for the management API: the module, then its artifact, then the set that has it."""
    known = {"version": str(handed.number), "description": f"sha256 {handed.box.archive.sha256}"}
    module = {"vendor": "edgeward", "name": f"{handed.box.site}-{handed.box.box}"}
    yield _json("softwaremodules.json", [{**module, "type": "application", **known}])
    yield _json("distributionsets.json", [{"name": module["name"], "type": "app", **known}])
    yield from _archive(handed)


def _rauc(handed: HandedBox) -> Iterator[OutputFile]:
    """The folder for `rauc bundle`; the archive goes into a slot of the class edgeward."""
    lines = (
        "[update]",
        f"compatible={handed.manifest['class'] or 'unknown'}",
        f"version={handed.number}",
        "",
        "[bundle]",
        "format=verity",
        "",
        "[image.edgeward]",
        f"filename={handed.box.box}.tar",
        "",
    )
    yield OutputFile("manifest.raucm", "\n".join(lines).encode())
    yield from _archive(handed)


def _mender(handed: HandedBox) -> Iterator[OutputFile]:
    """What `directory-artifact-gen` of Mender makes an artifact of."""
    words = [
        *("directory-artifact-gen", "--artifact-name", handed.name),
        *("--device-type", str(handed.manifest["class"] or "unknown")),
        *("--dest-dir", f"/opt/edgeward/releases/slots/{handed.name}"),
        *("--output-path", f"{handed.name}.mender", "tree"),
    ]
    yield OutputFile("make-artifact.sh", f"#!/bin/sh\nexec {shlex.join(words)}\n".encode(), 0o755)
    for file in unpack_files(handed.archive):
        yield OutputFile(f"tree/{file.path}", file.content, file.mode)


AGENTS: Mapping[str, Callable[[HandedBox], Iterator[OutputFile]]] = {
    "greengrass": _greengrass,
    "hawkbit": _hawkbit,
    "iot-job": _iot_job,
    "mender": _mender,
    "rauc": _rauc,
}


def _thing(handed: HandedBox) -> str:
    if not handed.thing.startswith("arn:"):
        raise UsageError("name the thing or the group with --thing arn:…")
    return handed.thing


def _archive(handed: HandedBox) -> Iterator[OutputFile]:
    yield OutputFile(f"{handed.box.box}.tar", handed.archive)


def _json(path: str, value: object) -> OutputFile:
    return OutputFile(path, f"{json.dumps(value, indent=1, sort_keys=True)}\n".encode())
