"""Rollout files: read, checked against the schema, and for what a schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from edgeward.declare.document import read_document
from edgeward.declare.nodes import Node, problem
from edgeward.declare.numbers import number
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import InvalidDeclaration, Problem, UsageError
from edgeward.rollout.rollout import Emergency, Gate, Intent, Rollout, Stage

FOLDER = "rollouts"


def list_rollouts(root: Path) -> tuple[str, ...]:
    """The names of the rollouts of a repository, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.yaml")))


def load_rollout(root: Path, name: str, plants: tuple[str, ...]) -> tuple[Rollout, Node]:
    """The rollout and its tree, for positions.

    Raises InvalidDeclaration with all that is wrong with the file, UsageError where there is none.
    """
    known = list_rollouts(root)
    if name not in known:
        raise UsageError(f"no rollout is called `{short(name)}`: {did_you_mean(name, known)}")
    file = f"{FOLDER}/{name}.yaml"
    tree = read_document(root / file, file, "Rollout")
    problems = (*_check_names(tree, plants), *_check_numbers(tree))
    if problems:
        raise InvalidDeclaration(problems)
    return _bind(tree, name, file), tree


def _bind(tree: Node, name: str, file: str) -> Rollout:
    not_before = tree.word("not_before")
    emergency = tree.get("emergency")
    return Rollout(
        name=name,
        file=file,
        release=_whole(tree, "release"),
        back_to=_whole(tree, "back_to"),
        owner=tree.word("owner") or "",
        approver=tree.word("approver") or "",
        stages=(_canary(tree.items["canary"]), *map(_stage, tree.items["stages"].members)),
        gate=_gate(tree.items["gates"].items["inference"]),
        intent=cast(Intent, tree.word("intent") or "running"),
        outcome_required=tree.word("gates.outcome") == "required",
        plants=_words(tree.get("plants")),
        labels=_labels(tree),
        abort_above_share=number(tree.get("abort_above_share")) or 0,
        pairs=tuple(_pair(each) for each in _members(tree, "pairs")),
        parked=tree.word("activate_when") == "parked",
        activation_hours=number(tree.get("activation_hours")) or 1,
        silent_hours=number(tree.get("silent_hours")) or 24,
        not_before=date.fromisoformat(not_before) if not_before else None,
        emergency=_emergency(emergency) if emergency is not None else None,
    )


def _canary(node: Node) -> Stage:
    return Stage(
        soak_hours=_number(node, "soak_hours"),
        labels=_labels(node),
        count=_whole(node, "plants"),
    )


def _stage(node: Node) -> Stage:
    at_once = number(node.get("at_once"))
    return Stage(
        soak_hours=_number(node, "soak_hours"),
        share=number(node.get("share")),
        labels=_labels(node),
        at_once=int(at_once) if at_once is not None else None,
    )


def _gate(node: Node) -> Gate:
    return Gate(
        metric=node.word("metric") or "",
        events_per_hour=_number(node, "events_per_hour"),
        usual_share=_number(node, "usual_share"),
        bad_share=_number(node, "bad_share"),
        false_alarm=number(node.get("false_alarm")) or 0.05,
        missed=number(node.get("missed")) or 0.05,
    )


def _emergency(node: Node) -> Emergency:
    return Emergency(node.word("approver") or "", node.word("because") or "")


def _check_names(tree: Node, plants: tuple[str, ...]) -> Iterator[Problem]:
    named = [(each, "plants") for each in _members(tree, "plants")]
    for index, pair in enumerate(_members(tree, "pairs")):
        named += [(each, f"pairs.{index}") for each in pair.members]
    for node, path in named:
        if node.text not in plants:
            hint = did_you_mean(node.text, plants)
            yield problem(node, path, f"no plant is called `{short(node.text)}`: {hint}")
    if tree.word("approver") == tree.word("owner"):
        yield problem(tree.items["approver"], "approver", "name another than the owner")


def _check_numbers(tree: Node) -> Iterator[Problem]:
    if _whole(tree, "back_to") == _whole(tree, "release"):
        yield problem(tree.items["back_to"], "back_to", "is the release itself; name the old one")
    gate = tree.items["gates"].items["inference"]
    if _number(gate, "bad_share") <= _number(gate, "usual_share"):
        at = gate.items["bad_share"]
        yield problem(at, "gates.inference.bad_share", "must be above usual_share")
    for key in ("usual_share", "bad_share"):
        if _number(gate, key) >= 1:
            yield problem(gate.items[key], f"gates.inference.{key}", "must be below 1")
    for key in ("false_alarm", "missed"):
        node = gate.get(key)
        if node is not None and (number(node) or 0) >= 0.5:
            yield problem(node, f"gates.inference.{key}", "must be below 0.5, or no test is needed")
    yield from _check_stages(tree.items["stages"])


def _check_stages(node: Node) -> Iterator[Problem]:
    before = 0.0
    for index, stage in enumerate(node.members):
        path, share = f"stages.{index}", number(stage.get("share"))
        if (share is None) == (stage.get("labels") is None):
            yield problem(stage, path, "give either a share or labels")
        elif share is not None and share <= before:
            message = f"{share:g} of the plants have it before this stage already: give more"
            yield problem(stage.items["share"], f"{path}.share", message)
        before = share or before
    if before != 1 or number(node.members[-1].get("share")) is None:
        last = f"stages.{len(node.members) - 1}"
        yield problem(node.members[-1], last, "the last stage takes all plants: give share: 1")


def _whole(node: Node, key: str) -> int:
    return int(_number(node, key))


def _number(node: Node, key: str) -> float:
    found = number(node.get(key))
    assert found is not None  # the schema requires it
    return found


def _members(tree: Node, key: str) -> list[Node]:
    node = tree.get(key)
    return node.members if node is not None else []


def _words(node: Node | None) -> tuple[str, ...]:
    return tuple(each.text for each in node.members) if node is not None else ()


def _pair(node: Node) -> tuple[str, str]:
    first, second = node.members
    return first.text, second.text


def _labels(node: Node) -> Mapping[str, str] | None:
    labels = node.get("labels")
    return {key: each.text for key, each in labels.items.items()} if labels is not None else None
