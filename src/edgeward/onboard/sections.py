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


def receivers(draft: Draft) -> frozenset[str]:
    """What use cases write to and is no box: a device with a zone at most."""
    cases = (draft.get(f"use_cases.{name}.writes") for name in draft.names("use_cases"))
    written = {str(each["to"]) for writes in cases for each in writes or () if "to" in each}
    return frozenset(each for each in written if draft.get(f"devices.{each}.class") is None)


def list_questions(draft: Draft) -> Iterator[tuple[Question, str]]:
    """Every question with each part of the draft that it is about: `devices.line-1`."""
    written = receivers(draft)
    for section in SECTIONS:
        names = draft.names(section.path) if section.each else []
        if section is DEVICES:
            names = [name for name in names if name not in written]
        parts = [f"{section.path}.{name}" for name in names] if section.each else [section.path]
        for at in parts:
            for question in section.questions:
                yield question, at
    zone = next(each for each in DEVICES.questions if each.key == "zone")
    for name in sorted(written):
        yield zone, f"devices.{name}"
