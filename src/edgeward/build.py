"""Everything that follows from the decisions of a run: resource graphs, bundles, a report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from edgeward.brief.pages import write_pages
from edgeward.brief.subject import Subject, Version, open_subject
from edgeward.bundle.archive import pack_files
from edgeward.bundle.bundle import Bundle, render_bundles
from edgeward.bundle.pack import Pack, open_packs
from edgeward.bundle.signature import sign_manifest
from edgeward.errors import ExitCode
from edgeward.git import read_head
from edgeward.history import read_history
from edgeward.lock import LOCK_NAME, write_lock
from edgeward.ownership.compare import cost_plant
from edgeward.report.html import render_html
from edgeward.report.json import render_json
from edgeward.report.wording import count
from edgeward.resources import add_graphs
from edgeward.result import PlantResult, RunResult
from edgeward.session import Session, assess_plant
from edgeward.write import OutputFile

_INPUTS = ("sites", "policies", "templates")
Progress = Callable[[str], None]


def build_plants(
    session: Session, names: Sequence[str], progress: Progress, workers: int = 2
) -> RunResult:
    """Decide, preview and render the plants; what is not ready or permitted nowhere is left out."""
    progress(f"deciding for {count(len(names), 'plant')}")
    plants = [assess_plant(session, name, with_margins=True) for name in names]
    progress("working out costs")
    plants = [add_cost(session, plant) for plant in plants]
    progress("compiling cloud resources")
    plants = add_graphs(session, plants, workers)
    progress("rendering edge bundles")
    packs = open_packs(session.workspace.root)
    return RunResult(tuple(add_bundles(session, plant, packs) for plant in plants))


def add_cost(session: Session, plant: PlantResult) -> PlantResult:
    if plant.site is None or plant.decision is None:
        return plant
    catalog, thresholds = session.workspace.catalog, session.book.thresholds
    cost = cost_plant(plant.site, catalog, thresholds, plant.decision, session.today)
    return replace(plant, cost=cost)


def read_version(root: Path) -> Version:
    """The commit of the working tree, and whether what is built follows from differs from it."""
    head = read_head(root, _INPUTS)
    return Version() if head is None else Version(*head)


def add_bundles(
    session: Session, plant: PlantResult, packs: tuple[Pack, ...], release: int = 0
) -> PlantResult:
    """The plant with the bundles of its devices."""
    if plant.site is None or plant.decision is None:
        return plant
    catalog = session.workspace.catalog
    bundles = render_bundles(plant.site, plant.decision, catalog, packs, release)
    return replace(plant, bundles=bundles)


def open_bundling(session: Session, release: int) -> Callable[[str], PlantResult]:
    """What decides a plant by its name and renders its bundles, with the packs read once."""
    packs = open_packs(session.workspace.root)
    return lambda name: add_bundles(session, assess_plant(session, name), packs, release)


def output_files(session: Session, result: RunResult, code: ExitCode) -> Iterator[OutputFile]:
    """Every file that `edgeward build` leaves: result, report, and a folder for each plant."""
    yield OutputFile("result.json", f"{render_json(result, code)}\n".encode())
    links, files = write_pages(open_subjects(session, result))
    yield from (replace(file, path=f"report/{file.path}") for file in files)
    for name, page in sorted(render_html(result, session.today, links).items()):
        yield OutputFile(f"report/{name}", page)
    for plant in result.plants:
        yield from _plant_files(plant)


def open_subjects(session: Session, result: RunResult) -> tuple[Subject, ...]:
    """What documents can be written about: every plant that could be read."""
    workspace = session.workspace
    version, history = read_version(workspace.root), read_history(workspace.root)
    opened = (
        open_subject(plant, workspace, version, session.today, history) for plant in result.plants
    )
    return tuple(filter(None, opened))


def bundle_files(folder: str, bundles: Sequence[Bundle]) -> Iterator[OutputFile]:
    """The files of bundles, each box in a folder of its own."""
    for bundle in bundles:
        for file in bundle.files:
            path = f"{folder}/{bundle.name}/{file.path}"
            yield OutputFile(path, file.content, file.mode)


def archive_files(folder: str, bundles: Sequence[Bundle], key: str | None) -> Iterator[OutputFile]:
    """Each bundle as one archive, with a `key` its detached signature too."""
    for bundle in bundles:
        yield OutputFile(f"{folder}/{bundle.name}.tar", pack_files(bundle.files))
        if key is not None:
            envelope = sign_manifest(bundle.manifest, key)
            yield OutputFile(f"{folder}/{bundle.name}.sig.json", envelope)


def _plant_files(plant: PlantResult) -> Iterator[OutputFile]:
    folder = f"plants/{plant.name}"
    if plant.decision is not None:
        yield OutputFile(f"{folder}/{LOCK_NAME}", write_lock(plant.decision).encode())
    if plant.graph is not None:
        graph = json.dumps(plant.graph.to_json(), indent=1, sort_keys=True)
        yield OutputFile(f"{folder}/resources.json", f"{graph}\n".encode())
    yield from bundle_files(f"{folder}/devices", plant.bundles)
