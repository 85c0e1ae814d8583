"""What `edgeward preview` captures is what the real engine gets, for every example plant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edgeward.errors import ExitCode
from tests.real.pulumi_cli import ROOT, Workplace, told
from tests.standin.declared import UNKNOWN

PLANTS = sorted(file.parent.name for file in (ROOT / "sites").glob("*/site.yaml"))

Graph = dict[str, dict[str, Any]]


@pytest.mark.parametrize("plant", PLANTS)
def test_the_captured_graph_is_the_one_that_the_engine_gets(
    plant: str, workplace: Workplace
) -> None:
    workplace.init(plant)
    log = workplace.folder / "grpc.json"
    theirs = workplace.pulumi(
        "preview", "-s", plant, "--json", code=None, PULUMI_DEBUG_GRPC=str(log)
    )
    if workplace.edgeward("check", plant).returncode == ExitCode.FINDINGS:
        assert "forbid building" in told(theirs)
        return
    ours = workplace.edgeward("preview", plant, "--format", "json")
    assert ours.returncode == ExitCode.CLEAN, told(ours)
    assert theirs.returncode == 0, told(theirs)
    (graph,) = json.loads(ours.stdout)
    real = _real_graph(json.loads(theirs.stdout)["steps"], _aliases(log))
    if graph["empty_because"]:
        assert [each["type"] for each in real.values()] == ["pulumi:pulumi:Stack"]
    else:
        assert _captured_graph(graph["resources"]) == real


def _captured_graph(resources: list[dict[str, Any]]) -> Graph:
    """By URN; `declared_at` is edgeward's own, and a preview of the CLI does not show the rest."""
    shown = ("type", "parent", "custom", "provider", "protect", "retain_on_delete", "aliases")
    return {
        each["urn"]: {key: each[key] for key in shown}
        | {
            "inputs": _with_unknowns(each["inputs"]),
            "dependencies": each["dependencies"],
            "property_dependencies": each["property_dependencies"] or {},
        }
        for each in resources
    }


def _real_graph(steps: list[dict[str, Any]], aliases: dict[tuple[str, str], list[str]]) -> Graph:
    """The same from the CLI's steps, of which what is false or empty is left out."""
    graph = {}
    for step in steps:
        assert step["op"] == "create"
        state = step["newState"]
        key = (state["type"], state["urn"].rpartition("::")[2])
        depends = state.get("propertyDependencies") or {}
        graph[state["urn"]] = {
            "type": state["type"],
            "parent": state.get("parent"),
            "custom": state["custom"],
            "provider": state.get("provider"),
            "protect": state.get("protect", False),
            "retain_on_delete": state.get("retainOnDelete", False),
            "aliases": aliases[key],
            "inputs": _as_registered(state),
            "dependencies": sorted(state.get("dependencies", [])),
            "property_dependencies": {k: sorted(v) for k, v in depends.items() if v},
        }
    return graph


def _as_registered(state: dict[str, Any]) -> dict[str, Any]:
    """The inputs without what the engine itself adds to a provider's."""
    inputs: dict[str, Any] = state.get("inputs", {})
    if not state["type"].startswith("pulumi:providers:"):
        return inputs
    return {name: value for name, value in inputs.items() if name not in ("__internal", "version")}


def _with_unknowns(value: Any) -> Any:
    """A captured value with the engine's mark for what is not known yet."""
    if value == {"$unknown": True}:
        return UNKNOWN
    if isinstance(value, list):
        return [_with_unknowns(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_unknowns(item) for key, item in value.items()}
    return value


def _aliases(log: Path) -> dict[tuple[str, str], list[str]]:
    """By type and logical name, as registered: the steps of a first preview do not show them."""
    found = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        if call["method"] == "/pulumirpc.ResourceMonitor/RegisterResource":
            asked = call["request"]
            found[asked["type"], asked["name"]] = [
                alias.get("urn") or json.dumps(alias["spec"], sort_keys=True)
                for alias in asked.get("aliases", [])
            ]
    return found
