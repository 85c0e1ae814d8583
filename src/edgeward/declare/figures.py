"""Does a figure with its source hang together: value, low, high and basis?"""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.declare.nodes import Node, problem, walk
from edgeward.declare.numbers import number
from edgeward.errors import Problem


def check_figures(tree: Node) -> Iterator[Problem]:
    """What contradicts itself in the figures of a catalog file."""
    for path, node in walk(tree):
        if "basis" in node.items:
            wrong = _contradiction(node)
            if wrong:
                yield problem(node, path, wrong)


def _contradiction(figure: Node) -> str | None:
    value, low, high = (number(figure.items.get(key)) for key in ("value", "low", "high"))
    known = [each for each in (value, low, high) if each is not None]
    if figure.items["basis"].is_unknown:
        return (
            "basis unknown has no numbers: remove them, or say how they are known"
            if known
            else None
        )
    if not known:
        return "there is no number: give value, or low and high, or say basis: unknown"
    if (low is None) != (high is None):
        return "low and high belong together: write both"
    if low is not None and high is not None and low > high:
        return f"low ({low:g}) is above high ({high:g}): swap them"
    if value is not None and low is not None and high is not None and not low <= value <= high:
        return f"the value {value:g} is outside {low:g} to {high:g}: change one of them"
    return None
