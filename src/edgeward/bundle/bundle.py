"""The bundles of a plant, one for each box: a pure function of the decision and the packs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from edgeward.bundle.alerts import make_alerts_context
from edgeward.bundle.box import Box, list_boxes
from edgeward.bundle.broker import make_broker_context
from edgeward.bundle.collector import make_collector_context
from edgeward.bundle.escape import UnsafeValue
from edgeward.bundle.firewall import make_firewall_context
from edgeward.bundle.invalid import invalid_at
from edgeward.bundle.inventory import make_inventory_context
from edgeward.bundle.manifest import write_manifest
from edgeward.bundle.pack import Pack
from edgeward.bundle.render import BundleFile, render_pack
from edgeward.bundle.sizing import Sizing, size_queues
from edgeward.bundle.units import make_units_context
from edgeward.bundle.uploads import PROGRAM_PATH, make_uploads_context, upload_program
from edgeward.bundle.workloads import make_workloads_context
from edgeward.catalog import Catalog
from edgeward.decision import Decision
from edgeward.errors import InvalidDeclaration, NotEvaluated, Problem
from edgeward.facts.host import LINUX_RUNTIMES
from edgeward.site import Site

MANIFEST = "manifest.json"

_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")

_CONTEXTS: Mapping[str, Callable[[Box], object]] = {
    "alerts": make_alerts_context,
    "broker": make_broker_context,
    "collector": make_collector_context,
    "firewall": make_firewall_context,
    "inventory": make_inventory_context,
    "units": make_units_context,
    "uploads": make_uploads_context,
    "workloads": make_workloads_context,
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """`name` is the box's: the device's, with a number where it has several boxes.

    `files` are sorted by path and hold the manifest too; `sizing` is what its queues were made for.
    """

    site: str
    device: str
    name: str
    files: tuple[BundleFile, ...]
    sizing: Sizing

    @property
    def manifest(self) -> bytes:
        return next(file.content for file in self.files if file.path == MANIFEST)


def render_bundles(
    site: Site, decision: Decision, catalog: Catalog, packs: Iterable[Pack], release: int = 0
) -> tuple[Bundle, ...]:
    """The bundle of every box that the decision concerns; none where it concerns no device.

    `release` is written into each manifest.

    Raises InvalidDeclaration with all declared values that cannot be written into a file, and
    NotEvaluated for a pack that is wrong.
    """
    shelf = tuple(packs)
    boxes = list_boxes(site, decision, catalog)
    problems = [*_check_names(site, boxes)]
    bundles: list[Bundle] = []
    for box in boxes if not problems else ():
        try:
            bundles.append(_render_bundle(box, shelf, release))
        except UnsafeValue as error:
            problems.append(invalid_at(site, f"devices.{box.device.name}", str(error)))
        except InvalidDeclaration as error:
            problems += error.problems
    if problems:
        raise InvalidDeclaration(tuple(dict.fromkeys(problems)))
    return tuple(bundles)


def bundle_inputs(
    site: Site, decision: Decision, catalog: Catalog, packs: Iterable[Pack]
) -> tuple[object, ...]:
    """What the files of the bundles follow from, but the decision's digest, which all of them name.

    Where it is the same twice, so are the files. Raises what making them may raise.
    """
    shelf = tuple(packs)
    return tuple(
        (
            box.identity.name,
            [(pack.name, pack.digest, _CONTEXTS[pack.context](box)) for pack in _used(box, shelf)],
            write_manifest(box, (), _programs(box)),
        )
        for box in list_boxes(site, replace(decision, inputs_digest=""), catalog)
    )


def _programs(box: Box) -> tuple[BundleFile, ...]:
    """What no template makes: the uploader, where something of a Linux box is uploaded."""
    wanted = box.is_linux and box.uploaded
    return (BundleFile(PROGRAM_PATH, 0o755, upload_program()),) if wanted else ()


def _used(box: Box, packs: tuple[Pack, ...]) -> tuple[Pack, ...]:
    return tuple(pack for pack in packs if box.is_linux and pack.suits(box.runtime))


def _render_bundle(box: Box, packs: tuple[Pack, ...], release: int) -> Bundle:
    used = _used(box, packs)
    files = [file for pack in used for file in render_pack(pack, _CONTEXTS[pack.context](box))]
    files += _programs(box)
    manifest = write_manifest(box, used, files, release)
    files.append(BundleFile(MANIFEST, 0o644, manifest))
    files.sort(key=lambda file: file.path)
    _check_paths(files)
    name = box.identity.name
    return Bundle(box.site.name, box.device.name, name, tuple(files), size_queues(box))


def _check_paths(files: list[BundleFile]) -> None:
    seen: set[str] = set()
    for file in files:
        if file.path in seen or ".." in file.path.split("/") or file.path.startswith("/"):
            raise NotEvaluated(f"template packs: {file.path} is not a path of its own; rename it")
        seen.add(file.path)


def _check_names(site: Site, boxes: tuple[Box, ...]) -> Iterable[Problem]:
    """A box is a folder and a use case a file, so both must be plain and each its own."""
    taken: dict[str, str] = {}
    for box in boxes:
        yield from _check_runtime(box)
        name, path = box.identity.name, f"devices.{box.device.name}"
        names = [(name, path), *((w.name, f"use_cases.{w.name}") for w in box.works)]
        for word, at in names:
            if not _NAME.fullmatch(word):
                yield invalid_at(site, at, "use small letters, digits and hyphens for the name")
        if name in taken:
            yield invalid_at(site, path, f"its box {name} has the name of one of {taken[name]}")
        taken[name] = path


def _check_runtime(box: Box) -> Iterable[Problem]:
    """What runs the software decides which files a box gets, so it must be one of its class."""
    path = f"devices.{box.device.name}.runtime"
    if not box.is_linux:
        return
    if box.runtime not in LINUX_RUNTIMES:
        yield invalid_at(
            box.site, path, f"say which of {', '.join(LINUX_RUNTIMES)} runs its software"
        )
    elif box.device_class is not None and box.runtime not in box.device_class.runtimes:
        has = ", ".join(box.device_class.runtimes) or "none"
        yield invalid_at(box.site, path, f"its class has no {box.runtime}; it has: {has}")
