"""The choices of one question, and how what is typed becomes an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from edgeward.declare.nodes import UNKNOWN
from edgeward.errors import UsageError
from edgeward.figures import format_figure
from edgeward.onboard.answer import DO_NOT_KNOW, Answer, read_answer
from edgeward.onboard.catalog_menu import CLASSES, MODELS, Line, menu_lines, name_lines
from edgeward.onboard.default import find_default
from edgeward.onboard.draft import Draft
from edgeward.onboard.name import plant_name
from edgeward.onboard.networks import NETWORKS, assume_networks, list_networks
from edgeward.onboard.pick import nearest, pick
from edgeward.onboard.question import Question
from edgeward.onboard.steps import can_be_left_out, find_part, is_required
from edgeward.onboard.units import BadAnswer, refuse_without_unit, unit_of
from edgeward.quantity import Quantity
from edgeward.report.duration import format_duration

_LETTERS = "abcdefghij"


class Menu:
    """A question at a path of a draft."""

    def __init__(self, draft: Draft, question: Question, path: str) -> None:
        self._draft, self._question, self._path = draft, question, path
        self._part = find_part(path)
        self.entries = _choices(draft, question)
        self._there = draft.names("zones") if self._may_be_new else list(self.entries)
        boxes = (str(draft.get(f"devices.{name}.class")) for name in draft.names("devices"))
        self._lines: tuple[Line, ...] = menu_lines(draft.catalog, question.names, boxes)

    @property
    def senseless(self) -> bool:
        """Whether it asks for one of several and there are none, nor can one be made."""
        return self.empty and not self._may_be_new

    @property
    def empty(self) -> bool:
        """Whether it asks for one of several and there are none."""
        return bool(self._question.names) and not self._there

    @property
    def _may_be_new(self) -> bool:
        return self._question.names == NETWORKS

    @property
    def only(self) -> str:
        """The one thing that it can be, where that is so of a plant that has no second one."""
        alone = len(self._there) == 1 and self._question.key in ("at", "zone", "reads")
        return next(iter(self._there)) if alone else ""

    def lines(self) -> Iterator[str]:
        """The choices, a line each: by number, and by letter what stands for a range."""
        for number, line in enumerate(self._lines, start=1):
            yield f"  {number:>3}  {line.words}"
        if self._lines:
            return
        for number, (name, words) in enumerate(self.entries.items(), start=1):
            named = name if "enum" not in self._part else ""
            yield f"  {number:>3}  {'  '.join(filter(None, (named, words)))}"
        for letter, (phrase, source) in zip(_LETTERS, self._question.phrases.items(), strict=False):
            yield f"    {letter}  {phrase} ({self._say_range(source)})"

    def names(self) -> Iterator[str]:
        """The names behind the lines of a catalog, where it has any."""
        if self._lines:
            yield from name_lines(self._lines)

    def default_words(self, again: bool) -> str:
        """What Enter alone means; asked `again`, that nobody knows it still."""
        source = self._draft.range_name(self._path)
        if self._default():
            return self.entries.get(self._default()) or self._default()
        required = is_required(self._path)
        if required and not can_be_left_out(self._path):
            return "an answer is needed"
        if source and not required:
            return f"?: {self._say_range(source)} is assumed"
        if self._may_be_new:
            return f"?: not known yet, {' or '.join(assume_networks(self._draft))} is left open"
        if again:
            return "still not known"
        return "?" if self._question.needed and not required else "leave it out"

    def _say_range(self, source: str) -> str:
        return self._say_span(self._draft.catalog.range(source))

    def _say_span(self, span: Quantity) -> str:
        if self._path.endswith("_ms"):
            return format_duration(span)
        key = self._path.rpartition(".")[2]
        if key.endswith("share"):
            return f"{format_figure(span.scaled(100))} %"
        unit = unit_of(key)
        return f"{format_figure(span)} {unit.words if unit else ''}".strip()

    def read(self, typed: str) -> Answer | None:
        """None leaves the key out. Raises BadAnswer."""
        question = self._question
        ranged = self._draft.range_name(self._path) is not None
        open_ended = question.needed or self._may_be_new or ranged
        if question.names and not is_required(self._path) and typed.lower() in ("no", "none"):
            return None
        typed = typed or self._default() or ("?" if open_ended else "")
        if not typed:
            if not can_be_left_out(self._path):
                raise BadAnswer("an answer is needed here")
            return None
        return self._stand_in(typed) or self._exact(typed)

    def _stand_in(self, typed: str) -> Answer | None:
        """What a letter or the number of a line stands for, where nobody knows exactly."""
        letter = _LETTERS.find(typed.lower()) if len(typed) == 1 else -1
        if 0 <= letter < len(self._question.phrases):
            return Answer(UNKNOWN, source=list(self._question.phrases.values())[letter])
        line = self._line(typed)
        if line is None:
            return None
        return Answer(line.known_best[0], one_of=line.known_best)

    def _line(self, typed: str) -> Line | None:
        """The line of a catalog that is meant by its number, or in words that name no entry."""
        if typed.isdigit() and 0 < int(typed) <= len(self._lines):
            return self._lines[int(typed) - 1]
        if " " not in typed or any(map(str.isdigit, typed)):
            return None
        by_words = {each.words: each for each in self._lines}
        return by_words.get(nearest(typed, {words: words for words in by_words}))

    def _exact(self, typed: str) -> Answer | None:
        picked = self._picked(typed)
        if picked == self._question.leaves_out:
            return None
        refuse_without_unit(picked, self._question.key)
        answer = read_answer(picked, self._part, self._question.key.rpartition(".")[2])
        self._refuse_same(answer)
        if not answer.known and self._may_be_new:
            return replace(answer, one_of=assume_networks(self._draft))
        if not answer.known and is_required(self._path) and can_be_left_out(self._path):
            return None
        return answer

    def _refuse_same(self, answer: Answer) -> None:
        other = f"{self._path.removesuffix(self._question.key)}{self._question.unlike}"
        if self._question.unlike and answer.known and answer.value == self._draft.get(other):
            raise BadAnswer(f"{answer.value} is responsible for it: name somebody else, or ?")

    def echo(self, typed: str, answer: Answer | None) -> str:
        """How an answer was understood, where that is not what was typed."""
        line = self._line(typed)
        if answer is not None and line is not None:
            stands_in = f"{answer.value} stands in, by its size and speed, until one is chosen"
            return f"taken as: {line.words}; {stands_in}"
        if answer is not None and answer.source:
            return f"{self._say_range(answer.source)} is assumed"
        if not typed or (typed.isdigit() and self.entries):
            return ""
        taken = self._taken(typed, answer)
        return f"taken as: {taken}" if taken else ""

    def _taken(self, typed: str, answer: Answer | None) -> str:
        if answer is None:
            return self.entries.get(self._question.leaves_out) or "left out"
        if answer.span and not answer.known:
            return self._say_span(Quantity(*answer.span, None))
        if self._suggested and answer.known and str(answer.value) not in self.entries:
            return "yours, none of these"
        same = typed == str(answer.value) or self._is_in(answer.value, typed)
        unsaid = not answer.known or isinstance(answer.value, bool | dict | list)
        return "" if same or unsaid else self._say(answer.value)

    def _is_in(self, value: Any, typed: str) -> bool:
        """Whether a number stands in what was typed: no unit was converted but per cent."""
        if not isinstance(value, int | float):
            return False
        said = f"{100 * value:g}" if "%" in typed else f"{value}"
        return re.search(rf"(?<![\d.]){said}(?![\d.])", typed) is not None

    def _say(self, value: Any) -> str:
        """A choice in its words, a number with its unit."""
        words = self.entries.get(str(value))
        if words and not self._question.names:
            return words if "enum" in self._part else f"{value}, {words}"
        unit = unit_of(self._question.key)
        said = f"{value:,} {unit.words}" if unit and not isinstance(value, str) else str(value)
        return f"one every {said}" if self._question.key.endswith("every_ms") else said

    def _picked(self, typed: str) -> str:
        """The names behind the numbers of the menu; what is typed otherwise."""
        if typed.lower() in DO_NOT_KNOW or not self.entries:
            return typed
        if self._suggested and (meant := self._suggestion(typed)):
            return meant
        words = [each.strip() for each in typed.split(",") if each.strip()]
        picked = [self._numbered(word) if word.isdigit() else word for word in words]
        if self._question.names or self._part.get("enum"):
            picked = [self._meant(each) for each in picked]
        return ", ".join(picked)

    def _numbered(self, number: str) -> str:
        """The name that stands behind a number on the screen."""
        names = [] if self._lines else list(self.entries)
        if 0 < int(number) <= len(names):
            return names[int(number) - 1]
        last = len(self._lines or names)
        raise BadAnswer(f"`{number}`: no line has that number, type 1 to {last}")

    def _meant(self, typed: str) -> str:
        if not self._may_be_new:
            return pick(typed, self.entries, bool(self._question.names))
        if " " in typed and (meant := nearest(typed, self.entries)):
            return meant
        try:
            return plant_name(typed)
        except UsageError as wrong:
            raise BadAnswer(str(wrong)) from None

    @property
    def _suggested(self) -> bool:
        """Whether the choices are some of many: anything else may be typed too."""
        return bool(self._question.choices) and "enum" not in self._part

    def _suggestion(self, typed: str) -> str:
        """The one that is meant by its words; empty for a name, which is taken as it is."""
        in_words = " " in typed or typed.lower() in map(str.lower, self.entries.values())
        return nearest(typed, self.entries) if in_words else ""

    def _default(self) -> str:
        return find_default(self._draft, self._question, self._path)


def _choices(draft: Draft, question: Question) -> Mapping[str, str]:
    if question.names == CLASSES:
        return {each.name: each.title for each in draft.catalog.device_classes.values()}
    if question.names == MODELS:
        return {each.name: each.title for each in draft.catalog.models.values()}
    if question.names == NETWORKS:
        return list_networks(draft)
    if question.names:
        return dict.fromkeys(draft.names(question.names), "")
    return question.choices
