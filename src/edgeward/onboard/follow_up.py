"""What is asked once more: a plant cannot be decided without it, its decision hangs on it, or a
firewall is made from it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

from edgeward.declare.nodes import UNKNOWN, join, walk
from edgeward.declare.plant import PlantSource
from edgeward.onboard.draft import Draft
from edgeward.onboard.interview import Asked, Interview, applies
from edgeward.onboard.menu import Menu
from edgeward.onboard.question import Question
from edgeward.onboard.sections import list_questions
from edgeward.report.open_text import blocking
from edgeward.report.wording import say_flip
from edgeward.result import PlantResult

_Find = Callable[[PlantSource, PlantResult], Iterator[tuple[str, str]]]
Judge = Callable[[Draft], tuple[PlantSource, PlantResult]]
"""The plant as it would be written now, and what would be said of it."""


def follow_up(interview: Interview, judge: Judge) -> None:
    """Ask what blocks, then what is fragile, each question once, until nobody knows more."""
    asked: set[str] = set()
    for title, find in (
        ("What the decision waits for", _blocking),
        ("What the decision hangs on", _fragile),
        ("What the firewall team needs", _unplaced),
    ):
        heading = f"\n── {title}"
        while waiting := _waiting(interview.draft, judge, find, asked):
            if heading:
                interview.say(heading)
            heading = ""
            interview.ask_again(waiting)
            asked |= {join(at, question.key) for question, at in waiting}


def _waiting(draft: Draft, judge: Judge, find: _Find, asked: set[str]) -> list[Asked]:
    """The questions of what is found that were not asked again yet, with what waits for them."""
    source, plant = judge(replace(draft, tree=copy.deepcopy(draft.tree)))
    places = list(find(source, plant))
    waiting: list[Asked] = []
    said = set()
    explained = {path.rpartition(".")[2] for path in asked}
    for question, at in list_questions(draft):
        path = join(at, question.key)
        why = next((why for place, why in places if _answers(question, path, place)), None)
        is_open = draft.get(path) in (None, UNKNOWN) or draft.assumed(path)
        if why is None or not is_open or path in asked:
            continue
        if not Menu(draft, question, path).senseless:
            of = f"Of {at.partition('.')[2]}: " if "." in at else ""
            because = f"{'as above' if (question.key, why) in said else why}."
            if question.key not in explained:
                because = f"{because} {question.why}".strip()
            explained.add(question.key)
            said.add((question.key, why))
            waiting.append((replace(question, why=f"{of}{because}"), at))
    return waiting if any(applies(draft, question, at) for question, at in waiting) else []


def _blocking(source: PlantSource, plant: PlantResult) -> Iterator[tuple[str, str]]:
    """What nothing is decided without; a receiver's network only once that of the boxes is told."""
    if plant.site is not None and plant.decision is not None:
        unknown = [path for path, node in walk(source.tree) if node.is_unknown]
        found = list(blocking(plant.site, plant.decision, plant.findings, unknown))
        written = {
            f"devices.{each.to}.zone" for case in plant.site.use_cases for each in case.writes
        }
        boxes_first = any(place.endswith(".zone") and place not in written for place, _why in found)
        yield from (each for each in found if not (boxes_first and each[0] in written))


def _unplaced(_source: PlantSource, plant: PlantResult) -> Iterator[tuple[str, str]]:
    """The networks of what is written to, where what writes to it has a place."""
    placed = {each.use_case for each in plant.decision.placements} if plant.decision else set()
    for case in plant.site.use_cases if plant.site else ():
        for each in case.writes if case.name in placed else ():
            yield f"devices.{each.to}.zone", f"{case.name} writes to it"


def _fragile(_source: PlantSource, plant: PlantResult) -> Iterator[tuple[str, str]]:
    for each in plant.decision.placements if plant.decision else ():
        for flip in each.fragile:
            yield flip.path, f"{each.use_case} hangs on it; {say_flip(flip, 'it')}"


def _answers(question: Question, path: str, place: str) -> bool:
    """Whether an answer fills a place: it is there, around it, or what is needed inside it."""
    inside = path.startswith(f"{place}.") and (question.needed or bool(question.only_if))
    return inside or f"{place}.".startswith(f"{path}.")
