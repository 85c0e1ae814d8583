"""A path of a plant file, step by step through its schema; list items are called by their name."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.declare.schemas import Schema, child, required, schema
from edgeward.declare.wording import did_you_mean, short
from edgeward.onboard.units import BadAnswer

NAMING_KEYS = ("name", "kind", "to", "at")


@dataclass(frozen=True, slots=True)
class Step:
    """A key with the schema of its value; `item` is the item meant of a list, by `naming` key."""

    key: str
    above: Schema
    part: Schema
    naming: str = ""
    item: str = ""


def steps_to(path: str) -> tuple[Step, ...]:
    """The steps of a path. Raises BadAnswer for one that no plant file has."""
    steps: list[Step] = []
    words, above = path.split("."), schema("Site")
    while words:
        key = words.pop(0)
        part = child(above, key)
        if part is None:
            hint = did_you_mean(key, above.get("properties", {}))
            raise BadAnswer(f"nothing can be set at `{short(key)}`: {hint}")
        if words and part.get("type") == "array":
            naming = _naming_key(key, part)
            steps.append(Step(key, above, part, naming, words.pop(0)))
            above = part["items"]
        else:
            steps.append(Step(key, above, part))
            above = part
    if steps[-1].item:
        raise BadAnswer(f"`{steps[-1].item}` is one of the {steps[-1].key}: name a key inside it")
    return tuple(steps)


def find_part(path: str) -> Schema:
    """The schema of the value at a path."""
    return steps_to(path)[-1].part


def is_required(path: str) -> bool:
    """Whether what the value is in cannot be without it."""
    last = steps_to(path)[-1]
    return last.key in required(last.above)


def can_be_left_out(path: str) -> bool:
    """Whether the file may be without it, and without the map around it that needs it."""
    steps = steps_to(path)
    return not is_required(path) or (len(steps) > 1 and not steps[-2].item)


def pattern_of(path: str) -> str:
    """The path with a star for the name of each list item: `devices.*.class`."""
    return ".".join(f"{step.key}.*" if step.item else step.key for step in steps_to(path))


def _naming_key(key: str, part: Schema) -> str:
    properties = part.get("items", {}).get("properties", {})
    naming = next((each for each in NAMING_KEYS if each in properties), None)
    if naming is None:
        raise BadAnswer(
            f"the items of `{key}` have no names: give the whole list, as [{{…}}, {{…}}]"
        )
    return naming
