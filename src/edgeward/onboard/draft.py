"""The plant file while it is being answered: plain values by path, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from edgeward.catalog import Catalog
from edgeward.declare.nodes import UNKNOWN
from edgeward.onboard.answer import Answer, read_answer
from edgeward.onboard.steps import NAMING_KEYS, Step, find_part, is_required, pattern_of, steps_to
from edgeward.onboard.units import BadAnswer

_REVIEW_DAYS = 90


@dataclass(slots=True)
class Draft:
    """`tree` is the file as plain values; `ranges` tells which range of the catalog stands for a
    number that nobody knows, by the pattern of its path."""

    catalog: Catalog
    today: date
    ranges: Mapping[str, str]
    tree: dict[str, Any] = field(default_factory=dict)

    def put(self, path: str, answer: Answer) -> None:
        """Set a value; what is not known exactly is listed under assumptions too.

        Raises BadAnswer for a path that no plant has, and where a value is needed and not known.
        """
        if not answer.known and is_required(path):
            raise BadAnswer("this one is needed: give your best answer, or leave out what it is in")
        steps = steps_to(path)
        target = self.tree
        for step in steps[:-1]:
            target = _enter(target, step)
        target[steps[-1].key] = answer.value
        self._assume(path, answer)

    def put_text(self, path: str, text: str) -> None:
        """Read an answer by the schema of its path. Raises BadAnswer."""
        self.put(path, read_answer(text, find_part(path), path.rpartition(".")[2]))

    def get(self, path: str) -> Any:
        """The value at a path, None where there is none."""
        found: Any = self.tree
        for step in path.split("."):
            if isinstance(found, list):
                found = next((each for each in found if _called(each) == step), None)
            else:
                found = found.get(step) if isinstance(found, dict) else None
        return found

    def names(self, section: str) -> list[str]:
        """How the items of a list are called, in their order."""
        return [_called(each) for each in self.tree.get(section, ())]

    def assumed(self, path: str) -> bool:
        """Whether something is listed as assumed of the value at a path."""
        return any(each["at"] == path for each in self.tree.get("assumptions", ()))

    def range_name(self, path: str) -> str | None:
        """The catalog's range for a number at `path` that nobody knows, if it has one."""
        tier = self.get("connectivity.tier")
        section, _, key = path.partition(".")
        name = self.ranges.get(pattern_of(path)) or ""
        if section == "connectivity":
            name = f"connectivity.{tier}.{key}"
        return name if name in self.catalog.ranges else None

    def _assume(self, path: str, answer: Answer) -> None:
        listed = [each for each in self.tree.get("assumptions", []) if each["at"] != path]
        plausible = self._plausible(path, answer)
        if plausible:
            owner = self.get("owner")
            listed.append(
                {
                    "at": path,
                    **plausible,
                    "because": f"{_because(answer)} when the plant was entered",
                    **({"owner": owner} if owner not in (None, UNKNOWN) else {}),
                    "review_by": (self.today + timedelta(days=_REVIEW_DAYS)).isoformat(),
                }
            )
        if listed or "assumptions" in self.tree:
            self.tree["assumptions"] = listed

    def _plausible(self, path: str, answer: Answer) -> dict[str, Any]:
        """What an assumption says of the values that are plausible; empty where nothing is."""
        if answer.one_of:
            return {"one_of": list(answer.one_of)}
        if answer.span is not None:
            return {"range": list(answer.span)}
        source = answer.source or (None if answer.known else self.range_name(path))
        return {"from": source} if source else {}


def _because(answer: Answer) -> str:
    if answer.one_of and answer.known:
        return "only its kind was named"
    if answer.span or answer.source:
        return "known no more exactly"
    return "nobody knew" if answer.asked else "not asked"


def _enter(target: dict[str, Any], step: Step) -> dict[str, Any]:
    """The map below, made where it is not there yet."""
    if not step.item:
        below = target.get(step.key)
        if not isinstance(below, dict):
            below = target[step.key] = {}
        return below
    items: list[dict[str, Any]] = target.setdefault(step.key, [])
    for item in items:
        if item.get(step.naming) == step.item:
            return item
    items.append({step.naming: step.item})
    return items[-1]


def _called(item: Any) -> str:
    return next((str(item[key]) for key in NAMING_KEYS if key in item), "")
