from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from edgeward.errors import NotEvaluated
from edgeward.graph import ResourceGraph
from edgeward.stack.plan import plan_stack
from edgeward.stack.planned import StackPlan
from edgeward.stack.preview import preview
from tests.samples import CATALOG, DECISION, SITE

PLAN = plan_stack(SITE, DECISION, CATALOG)
TWICE_THE_SAME = replace(PLAN, site="broken", identities=PLAN.identities * 2)
NEXT = plan_stack(replace(SITE, name="next"), replace(DECISION, site="next"), CATALOG)
EMPTY = plan_stack(SITE, replace(DECISION, placements=()), CATALOG)

PRINT_GRAPH = """
import json, sys
from tests.samples import CATALOG, DECISION, SITE
from edgeward.stack.plan import plan_stack
from edgeward.stack.preview import preview
if __name__ == "__main__":
    (graph,) = preview([plan_stack(SITE, DECISION, CATALOG)])
    json.dump(graph.to_json(), sys.stdout)
"""


def _graphs(*plans: StackPlan, workers: int = 1) -> list[ResourceGraph | Exception]:
    pytest.importorskip("pulumi_aws")
    return list(preview(plans, workers))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_plan_that_fails_changes_neither_the_one_before_nor_the_one_after(workers: int) -> None:
    before, failed, after, empty = _graphs(PLAN, TWICE_THE_SAME, NEXT, EMPTY, workers=workers)
    assert isinstance(failed, NotEvaluated)
    assert "broken: the stack does not compile: " in str(failed)
    assert "two resources have the URN" in str(failed)
    assert [before] == _graphs(PLAN)
    assert [after] == _graphs(NEXT)
    assert empty == ResourceGraph(SITE.name, None, (), "no use case of the plant has a placement")


def test_a_graph_is_the_same_under_every_hash_seed(tmp_path: Path) -> None:
    pytest.importorskip("pulumi_aws")
    script = tmp_path / "print_graph.py"
    script.write_text(PRINT_GRAPH)
    root = Path(__file__).parents[3]
    printed = {
        subprocess.run(
            [sys.executable, str(script)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(printed) == 1
    (graph,) = printed
    assert len(json.loads(graph)["resources"]) == 52


def test_the_parent_never_loads_pulumi() -> None:
    code = (
        "import sys, edgeward.stack.preview, edgeward.stack.plan;"
        "sys.exit(any(name.startswith('pulumi') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_graph_holds_no_secret_key_and_no_broad_permission() -> None:
    (graph,) = _graphs(PLAN)
    assert isinstance(graph, ResourceGraph)
    text = json.dumps(graph.to_json())
    assert "rivateKey" not in text
    assert "PRIVATE KEY" not in text
    assert "iot/certificate" not in text
    for resource in graph.resources:
        for key in ("policy", "assumeRolePolicy"):
            for statement in _allowing(resource.inputs.get(key)):
                assert not any("*" in action for action in _listed(statement["Action"]))
                assert "*" not in _listed(statement.get("Resource", []))


def test_nobody_hangs_on_a_worker_that_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgeward.stack.preview.serve", _die)
    (answer,) = preview([PLAN])
    assert isinstance(answer, NotEvaluated)
    assert "worker ended (7)" in str(answer)


def _die(_: object) -> None:
    sys.exit(7)


def _allowing(document: object) -> list[dict[str, object]]:
    statements = json.loads(document)["Statement"] if isinstance(document, str) else []
    return [statement for statement in statements if statement["Effect"] == "Allow"]


def _listed(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
