"""The cloud side of plants: compiled without a cloud, judged, and released for `pulumi up`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from edgeward.assess import judge_graph
from edgeward.bundle.box import list_boxes
from edgeward.bundle.bundle import render_bundles
from edgeward.bundle.greengrass import read_greengrass
from edgeward.bundle.pack import open_packs
from edgeward.decision import Decision
from edgeward.declare.pace import read_pace
from edgeward.errors import Denied, EdgewardError, InvalidDeclaration, StaleDecision
from edgeward.lock import LOCK_NAME
from edgeward.result import PlantResult
from edgeward.session import Session, assess_plant, open_session
from edgeward.site import Site
from edgeward.stack.delivered import Handed
from edgeward.stack.plan import plan_stack
from edgeward.stack.planned import StackPlan
from edgeward.stack.preview import preview
from edgeward.stack.requests import read_requests


def add_graphs(
    session: Session, plants: Sequence[PlantResult], workers: int = 1
) -> list[PlantResult]:
    """The plants with their resource graphs, and the findings of the cloud rules on those.

    Raises what the compile of a plant's stack raised.
    """
    ready = [plant for plant in plants if plant.site and plant.decision]
    plans = [plan_plant(session, plant) for plant in ready]
    with_graph = {}
    for plant, answer in zip(ready, preview(plans, workers), strict=True):
        if isinstance(answer, EdgewardError):
            raise answer
        assert plant.site is not None
        found = judge_graph(plant.site, session.book, answer, session.today)
        with_graph[plant.name] = replace(plant, graph=answer, findings=(*plant.findings, *found))
    return [with_graph.get(plant.name, plant) for plant in plants]


def plan_plant(session: Session, plant: PlantResult) -> StackPlan:
    """The cloud side of a plant that has a decision, with the signing requests of its boxes."""
    assert plant.site is not None and plant.decision is not None
    workspace = session.workspace
    requests = read_requests(workspace.root, plant.name)
    handed = _handed(session, plant.site, plant.decision)
    return plan_stack(plant.site, plant.decision, workspace.catalog, requests, handed)


def _handed(session: Session, site: Site, decision: Decision) -> Handed:
    """What AWS's agents are told; bundles are only made for who runs Greengrass."""
    root, catalog = session.workspace.root, session.workspace.catalog
    boxes = [box for box in list_boxes(site, decision, catalog) if box.works and box.is_linux]
    deployments, recipes = {}, {}
    if any(box.runtime == "greengrass" for box in boxes):
        for bundle in render_bundles(site, decision, catalog, open_packs(root)):
            files = read_greengrass(bundle.files)
            if files is not None:
                deployments[bundle.device] = files.deployment
                recipes.update({file: text.decode() for file, text in files.recipes.items()})
    pulling = frozenset(box.device.name for box in boxes if box.runtime != "greengrass")
    return Handed(deployments, recipes, pulling, read_pace(root, site))


def plan_committed(root: Path, name: str, today: date) -> StackPlan:
    """What `pulumi up` may build: the plan of the decision made again, if it is the committed one.

    The resources that would be registered are compiled beforehand and judged by the cloud rules.
    Raises InvalidDeclaration where the plant cannot be read, StaleDecision where the lock is
    missing or does something else, Denied where findings forbid building.
    """
    session = open_session(root, today)
    result = assess_plant(session, name)
    if result.site is None or result.decision is None:
        raise InvalidDeclaration(result.problems)
    if not result.has_lock:
        raise StaleDecision(
            f"sites/{name}/{LOCK_NAME}: there is none; run `edgeward decide {name}`, "
            "have it reviewed and commit it"
        )
    if result.stale:
        changes = "; ".join(result.stale)
        raise StaleDecision(
            f"sites/{name}/{LOCK_NAME}: deciding again does something else ({changes}); "
            f"run `edgeward decide {name}`, have it reviewed and commit it"
        )
    (result,) = add_graphs(session, [result])
    refused = [finding for finding in result.findings if finding.counts]
    if refused:
        raise Denied(
            f"sites/{name}: {len(refused)} finding(s) forbid building, the first: "
            f"{refused[0].message}; run `edgeward preview {name}`"
        )
    return plan_plant(session, result)
