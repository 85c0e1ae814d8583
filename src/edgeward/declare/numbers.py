"""What a number is when it is stated, assumed, defaulted, bounded or simply not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgeward.declare.nodes import Node
from edgeward.quantity import Quantity, between, exact, unknown


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where a number comes from that the file does not state, the first that has it.

    `assumed` and `bounds` go by the path of the value, `defaults` and `plausible` by its pattern.
    """

    defaults: Mapping[str, float]
    plausible: Mapping[str, tuple[float, float]]
    assumed: Mapping[str, Quantity] = field(default_factory=dict)
    bounds: Mapping[str, Quantity] = field(default_factory=dict)

    def read(self, node: Node | None, path: str, pattern: str) -> Quantity:
        """The quantity at `path`; a default holds only where the key is absent, not unknown."""
        stated = number(node)
        if path in self.assumed:
            plausible = self.assumed[path]
            return plausible if stated is None else between_with(plausible, stated)
        if stated is not None:
            return exact(stated)
        if node is not None and isinstance(node.value, dict):
            return self._figure(node, path, pattern)
        if node is None and pattern in self.defaults:
            return exact(self.defaults[pattern])
        return self._not_known(path, pattern)

    def _figure(self, figure: Node, path: str, pattern: str) -> Quantity:
        value, low, high = (number(figure.get(key)) for key in ("value", "low", "high"))
        if low is not None and high is not None:
            return between(low, high, path, value)
        if value is not None:
            return exact(value)
        return self._not_known(path, pattern)

    def _not_known(self, path: str, pattern: str) -> Quantity:
        if path in self.bounds:
            return self.bounds[path]
        if pattern in self.plausible:
            return between(*self.plausible[pattern], path)
        return unknown(path)


def between_with(plausible: Quantity, stated: float) -> Quantity:
    """The same interval with another stated value in it."""
    return Quantity(plausible.low, plausible.high, stated, plausible.rests_on)


def number(node: Node | None) -> float | None:
    """The number of a node, None where it is something else."""
    if node is None or isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return None
    return float(node.value)
