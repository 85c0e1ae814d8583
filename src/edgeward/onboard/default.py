"""What Enter alone answers, where that depends on what was answered before."""

from __future__ import annotations

from edgeward.catalog import DeviceClass
from edgeward.declare.nodes import UNKNOWN
from edgeward.onboard.draft import Draft
from edgeward.onboard.question import OWNER_OF_PLANT, PLACE_OF_CLASS, RUNTIME_OF_CLASS, Question
from edgeward.onboard.steps import find_part


def find_default(draft: Draft, question: Question, path: str) -> str:
    """The default of a question at a path; empty where it has none."""
    if question.default == RUNTIME_OF_CLASS:
        return _runtime(draft, path)
    if question.default == PLACE_OF_CLASS:
        found = _class_beside(draft, path)
        return "plant" if found and found.form == "server" else "device"
    if question.default == OWNER_OF_PLANT:
        owner = draft.get("owner")
        return "" if owner in (None, UNKNOWN) else str(owner)
    return question.default


def _class_beside(draft: Draft, path: str) -> DeviceClass | None:
    """The class of the box that the value at a path is of."""
    return draft.catalog.device_classes.get(str(draft.get(f"{path.rpartition('.')[0]}.class")))


def _runtime(draft: Draft, path: str) -> str:
    """The first thing that the box's class can run and a plant can ask for."""
    found = _class_beside(draft, path)
    known = find_part(path).get("enum", ())
    return next((each for each in (found.runtimes if found else ()) if each in known), "")
