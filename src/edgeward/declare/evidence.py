"""Evidence files that runs of the catalog refer to: of the same bytes, class and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from edgeward.declare.load import load
from edgeward.declare.nodes import Node, problem
from edgeward.declare.numbers import number
from edgeward.declare.text import MAX_BYTES
from edgeward.errors import Problem

FOLDER = "evidence"
_PLACE = f"sites/catalog/{FOLDER}/"
_FILE = re.compile(r"[^\s:]+\.ya?ml")
_FIGURES = {
    "p50_ms": "latency_ms.p50",
    "p99_ms": "latency_ms.p99",
    "peak_ram_mb": "peak_ram_mb",
    "soak_minutes": "soak_minutes",
}


def check_evidence(root: Path, models: Mapping[str, Node]) -> Iterator[Problem]:
    """Of the models of a repository: each run against the file that it names as its evidence."""
    for model in models.values():
        runs = model.get("runs")
        for index, run in enumerate(runs.members if runs is not None else ()):
            file = run.word("evidence") or ""
            if _FILE.fullmatch(file):
                yield from _check_run(root, model, run, f"runs.{index}", file)


def _check_run(root: Path, model: Node, run: Node, at: str, file: str) -> Iterator[Problem]:
    node = run.items["evidence"]
    if not file.startswith(_PLACE):
        yield problem(node, f"{at}.evidence", f"put it into {_PLACE}, where it is compared")
        return
    evidence = _read(root / file, file)
    if evidence is None:
        yield problem(node, f"{at}.evidence", f"{file} is not there, or is no evidence file")
        return
    said = _other_bytes(model, run, evidence)
    if said is not None:
        yield problem(node, f"{at}.evidence", f"{file} {said}")
    for key in ("class", "precision"):
        here, there = run.word(key), evidence.word(key)
        if here is not None and there not in (here, "unknown"):
            message = f"is {here} here and {there} in {file}: name what was measured"
            yield problem(run.items[key], f"{at}.{key}", message)
    yield from _check_figures(run, evidence, at, file)


def _read(path: Path, file: str) -> Node | None:
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    tree = load(path.read_bytes(), file, "catalog").tree
    is_one = tree is not None and tree.word("kind") == "Evidence"
    return tree if is_one else None


def _other_bytes(model: Node, run: Node, evidence: Node) -> str | None:
    """Why it is not known that the evidence is of the model's bytes, None where it is."""
    measured, precision = evidence.word("model.sha256"), run.word("precision")
    artifacts = model.get("artifacts")
    digests = {
        each.word("sha256")
        for each in (artifacts.members if artifacts is not None else ())
        if precision in (None, each.word("precision"))
    } - {None}
    if measured in digests:
        return None
    if not digests:
        return f"is of {measured}: give the artifact this sha256, if these are its bytes"
    return f"is of other bytes, {measured}: measure the artifact of the catalog"


def _check_figures(run: Node, evidence: Node, at: str, file: str) -> Iterator[Problem]:
    for key, path in _FIGURES.items():
        node = run.get(key)
        here, there = _value(node), number(evidence.get(path))
        if node is not None and here is not None and here != there:
            message = f"is {here:g} here and {_shown(there)} in {file}: take the figure over"
            yield problem(node, f"{at}.{key}", message)
        date = node.word("date") if node is not None else None
        on = evidence.word("measured_on")
        if node is not None and date is not None and date != on:
            yield problem(node, f"{at}.{key}.date", f"is {date} here and {on} in {file}")


def _value(node: Node | None) -> float | None:
    return number(node.get("value") if node is not None and node.items else node)


def _shown(value: float | None) -> str:
    return "not" if value is None else f"{value:g}"
