"""What a plant assumes: where each assumption points, and the interval that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from edgeward.declare.nodes import UNKNOWN, Node, find, item_name, problem, set_at
from edgeward.declare.numbers import number
from edgeward.declare.schemas import Schema, child, schema
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import Problem
from edgeward.quantity import Quantity, between
from edgeward.site import Assumption

_ENVELOPE = ("apiVersion", "kind", "name", "title", "labels", "assumptions", "waivers")
_MAPS = ("object", "array")


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumption of a plant with where it is written; `low` and `high` where it is a number."""

    assumption: Assumption
    node: Node
    stated: float | None

    @property
    def quantity(self) -> Quantity | None:
        """The interval, None for a choice between words."""
        low, high = self.assumption.low, self.assumption.high
        if low is None or high is None:
            return None
        return between(low, high, self.assumption.at, self.stated)


def read_assumptions(tree: Node, ranges: Mapping[str, Quantity]) -> tuple[Assumed, ...]:
    """The assumptions of a plant, those by `from:` with the interval of the catalog."""
    listed = tree.get("assumptions")
    return tuple(_read(node, ranges) for node in (listed.members if listed else ()))


def make_room(tree: Node, assumed: tuple[Assumed, ...]) -> Node:
    """The tree with an `unknown` wherever an assumption speaks of a value that is not there."""
    for each in assumed:
        at = each.assumption.at
        if find(tree, at) is None:
            tree = set_at(tree, at, Node(UNKNOWN, each.node.origin))
    return tree


def check_assumptions(
    tree: Node, assumed: tuple[Assumed, ...], ranges: Mapping[str, Quantity]
) -> Iterator[Problem]:
    """What is wrong with the assumptions of a plant."""
    for index, each in enumerate(assumed):
        path = f"assumptions.{item_name(each.node, index)}"
        wrong = [*_check_target(tree, each, path), *_check_interval(each, path, ranges)]
        yield from wrong or _check_stated(tree, each)


def settable(tree: Node, path: str) -> Schema | str:
    """The schema of the single value at `path`, or in words why there is none to set."""
    part, node = schema("Site"), tree
    names_item = in_item = False
    for depth, step in enumerate(path.split(".")):
        names_item, in_item = in_item and step == "name", False
        if isinstance(node.value, list) or part.get("type") == "array":
            names = [item_name(item, i) for i, item in enumerate(node.members)]
            if step not in names:
                return f"nothing is called `{short(step)}` there: {did_you_mean(step, names)}"
            part, node = part.get("items", {}), node.members[names.index(step)]
            in_item = True
            continue
        below = None if depth == 0 and step in _ENVELOPE else child(part, step)
        if below is None:
            keys = [key for key in part.get("properties", {}) if depth or key not in _ENVELOPE]
            return f"nothing can be set at `{short(step)}`: {did_you_mean(step, keys)}"
        part, node = below, node.items.get(step) or Node(None, node.origin)
    if part.get("type") in _MAPS or names_item:
        return "is no single value: name a key inside it"
    return part


def _read(node: Node, ranges: Mapping[str, Quantity]) -> Assumed:
    low = high = stated = None
    span, choices = node.get("range"), node.get("one_of")
    members = choices.members if choices is not None else []
    numbers = [each for each in map(number, members) if each is not None]
    source = ranges.get(node.word("from") or "")
    if span is not None and len(span.members) == 2:
        low, high = number(span.members[0]), number(span.members[1])
    elif source is not None:
        low, high, stated = source.low, source.high, source.stated
    elif numbers and len(numbers) == len(members):
        low, high = min(numbers), max(numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    at, because, owner, by = (node.word(key) for key in ("at", "because", "owner", "review_by"))
    words = tuple(each.text for each in members)
    return Assumed(Assumption(at or "", low, high, words, because, owner, by), node, stated)


def _check_target(tree: Node, each: Assumed, path: str) -> Iterator[Problem]:
    at = each.assumption.at
    found = settable(tree, at)
    where = each.node.items["at"]
    if isinstance(found, str):
        yield problem(where, path, f"`{short(at)}`: {found}")
        return
    kinds = found.get("type", "string")
    numeric = {"number", "integer"} & {kinds, *(kinds if isinstance(kinds, list) else ())}
    if each.assumption.low is not None and not numeric:
        yield problem(where, path, f"`{short(at)}` is no number: use one_of instead of a range")


def _check_interval(each: Assumed, path: str, ranges: Mapping[str, Quantity]) -> Iterator[Problem]:
    node = each.node
    ways = [key for key in ("range", "one_of", "from") if node.get(key) is not None]
    if len(ways) != 1:
        yield problem(node, path, "write exactly one of range, one_of and from")
        return
    span, source = node.get("range"), node.word("from")
    if span is not None:
        low, high = (number(each) or 0.0 for each in span.members)
        if low > high:
            yield problem(span, path, f"the range is reversed: write [{high:g}, {low:g}]")
        if low == high:
            yield problem(
                span, path, f"the range is empty: write {low:g} at `{each.assumption.at}`"
            )
    if source is not None and source not in ranges:
        hint = did_you_mean(source, ranges)
        yield problem(
            node.items["from"], path, f"no range `{short(source)}` in the catalog: {hint}"
        )


def _check_stated(tree: Node, each: Assumed) -> Iterator[Problem]:
    at, low, high = each.assumption.at, each.assumption.low, each.assumption.high
    written = find(tree, at)
    if written is None or written.is_unknown:
        return
    stated = number(written)
    if stated is not None and low is not None and high is not None and not low <= stated <= high:
        message = f"{stated:g} is outside its own range, {low:g} to {high:g} (assumptions.{at})"
        yield problem(written, at, f"{message}: change one of them")
    elif low is None and each.assumption.one_of and written.text not in each.assumption.one_of:
        choices = ", ".join(each.assumption.one_of)
        yield problem(
            written, at, f"`{short(written.text)}` is not one of those assumed: {choices}"
        )
