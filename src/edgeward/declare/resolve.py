"""Lays the layers of a plant over each other: fleet defaults, then the plant, then `like:`.

Maps merge by key, lists are replaced, the plant wins; every value keeps its own position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgeward.declare.nodes import Node, problem
from edgeward.declare.wording import did_you_mean
from edgeward.errors import Problem

MAX_LIKES = 16
_NOT_INHERITED = ("name", "like")
_NOT_INHERITED_FROM_A_TEMPLATE = ("apiVersion", "kind", "title", "note", "replaces")


def merge(under: Node, over: Node) -> Node:
    """`over` laid over `under`."""
    if not isinstance(under.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(under.value)
    for key, node in over.value.items():
        below = merged.get(key)
        merged[key] = node if below is None else merge(below, node)
    return over._replace(value=merged)


def resolve(
    plant: Node, defaults: Node | None, templates: Mapping[str, Node]
) -> tuple[Node, tuple[Problem, ...]]:
    """The plant with everything that it takes over; problems where a `like:` cannot be followed."""
    tree = merge(defaults, plant) if defaults is not None else plant
    use_cases = tree.items.get("use_cases")
    if use_cases is None or not use_cases.members:
        return tree, ()
    follower = _Follower(_by_name(use_cases), templates)
    followed = [follower.follow(use_case, ()) for use_case in use_cases.members]
    whole = tree.items | {"use_cases": use_cases._replace(value=followed)}
    return tree._replace(value=whole), tuple(dict.fromkeys(follower.problems))


def _by_name(use_cases: Node) -> dict[str, Node]:
    named: dict[str, Node] = {}
    for use_case in use_cases.members:
        named.setdefault(use_case.word("name") or "", use_case)
    return named


@dataclass(slots=True)
class _Follower:
    siblings: Mapping[str, Node]
    templates: Mapping[str, Node]
    problems: list[Problem] = field(default_factory=list)

    def follow(self, use_case: Node, trail: tuple[int, ...]) -> Node:
        like = use_case.get("like")
        if like is None or not isinstance(like.value, str):
            return use_case
        path = f"use_cases.{use_case.word('name')}.like"
        base = self._base(use_case, like.value)
        if base is None:
            choices = {*self.siblings, *self.templates} - {use_case.word("name") or ""}
            hint = did_you_mean(like.value, choices)
            self.problems.append(
                problem(like, path, f"no use case or template `{like.value}`: {hint}")
            )
            return use_case
        if id(base) in trail or base is use_case:
            self.problems.append(problem(like, path, "`like` goes round in a circle: break it"))
            return use_case
        if len(trail) >= MAX_LIKES:
            message = f"`like` leads over more than {MAX_LIKES} others: name the first one"
            self.problems.append(problem(like, path, message))
            return use_case
        inherited = self.follow(base, (*trail, id(use_case)))
        return merge(_heritage(inherited), use_case)

    def _base(self, use_case: Node, name: str) -> Node | None:
        sibling = self.siblings.get(name)
        # A use case may be named after the template that it is like.
        if sibling is not None and (sibling is not use_case or name not in self.templates):
            return sibling
        return self.templates.get(name)


def _heritage(use_case: Node) -> Node:
    gone: tuple[str, ...] = _NOT_INHERITED
    if "apiVersion" in use_case.items:
        gone += _NOT_INHERITED_FROM_A_TEMPLATE
    kept = {key: node for key, node in use_case.items.items() if key not in gone}
    return use_case._replace(value=kept)
