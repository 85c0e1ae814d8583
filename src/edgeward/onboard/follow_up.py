"""What is asked once more, because a plant cannot be decided without it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

from edgeward.declare.nodes import UNKNOWN, join, walk
from edgeward.declare.plant import PlantSource
from edgeward.onboard.draft import Draft
from edgeward.onboard.interview import Asked, Interview
from edgeward.onboard.question import Question
from edgeward.onboard.sections import list_questions
from edgeward.report.open_text import blocking
from edgeward.result import PlantResult

Judge = Callable[[Draft], tuple[PlantSource, PlantResult]]
"""The plant as it would be written now, and what would be said of it."""


def follow_up(interview: Interview, judge: Judge) -> None:
    """Ask what blocks, each question once, until nothing does or nobody knows."""
    asked: set[str] = set()
    while True:
        draft = interview.draft
        source, plant = judge(replace(draft, tree=copy.deepcopy(draft.tree)))
        waiting = [
            (question, at)
            for question, at in _blocking(draft, source, plant)
            if join(at, question.key) not in asked
        ]
        if not waiting:
            return
        interview.say("\n── What it cannot be decided without")
        interview.ask_again(waiting)
        asked |= {join(at, question.key) for question, at in waiting}


def _blocking(draft: Draft, source: PlantSource, plant: PlantResult) -> Iterator[Asked]:
    """The questions that nobody has answered and something waits for, with what waits."""
    if plant.site is None or plant.decision is None:
        return
    unknown = [path for path, node in walk(source.tree) if node.is_unknown]
    places = list(blocking(plant.site, plant.decision, plant.findings, unknown))
    for question, at in list_questions(draft):
        path = join(at, question.key)
        why = next((why for place, why in places if _answers(question, path, place)), None)
        if why is not None and draft.get(path) in (None, UNKNOWN):
            yield replace(question, why=f"{why}."), at


def _answers(question: Question, path: str, place: str) -> bool:
    """Whether an answer fills a place: it is there, around it, or what is needed inside it."""
    inside = path.startswith(f"{place}.") and (question.needed or bool(question.only_if))
    return inside or f"{place}.".startswith(f"{path}.")
