"""All that is asked, in the order of asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from edgeward.onboard.draft import Draft
from edgeward.onboard.plant_questions import ASSETS, DEVICES, LINK, PLANT, ZONES
from edgeward.onboard.question import Question
from edgeward.onboard.stream_questions import STREAMS
from edgeward.onboard.use_case_questions import USE_CASES

SECTIONS = (PLANT, LINK, ZONES, ASSETS, DEVICES, STREAMS, USE_CASES)


@cache
def ranges_by_pattern() -> Mapping[str, str]:
    """The catalog's range that stands for a number nobody knows, by the pattern of its path."""
    return {
        ".".join(filter(None, (section.path, "*" if section.each else "", each.key))): each.range
        for section in SECTIONS
        for each in section.questions
        if each.range
    }


def list_questions(draft: Draft) -> Iterator[tuple[Question, str]]:
    """Every question with each part of the draft that it is about: `devices.line-1`."""
    for section in SECTIONS:
        names = draft.names(section.path) if section.each else []
        parts = [f"{section.path}.{name}" for name in names] if section.each else [section.path]
        for at in parts:
            for question in section.questions:
                yield question, at
