"""Asks what was not given, one plain question after the other."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from edgeward.declare.nodes import UNKNOWN, join
from edgeward.declare.plant import Layers
from edgeward.errors import UsageError
from edgeward.onboard.answer import Answer
from edgeward.onboard.draft import Draft
from edgeward.onboard.menu import Menu
from edgeward.onboard.name import plant_name
from edgeward.onboard.question import Question, Section
from edgeward.onboard.sections import SECTIONS
from edgeward.onboard.trial import try_answer
from edgeward.onboard.units import BadAnswer

BACK = "<"
_NO_MORE = ("", "no", "none", "no more", "nothing", "-")
_FIRST = "  This is the first question here."
_BEFORE = (
    "Enter takes what is in brackets. ? says that nobody knows: where it matters, that is asked",
    "again at the end. < goes back. A number may be a range, 20 to 80 s.",
)
_LIST = "list"


Asked = tuple[Question, str]
"""A question with the part of the plant that it is about: `devices.line-1`."""


@dataclass(frozen=True, slots=True)
class Interview:
    """`hear` gives back what was typed after a prompt, `say` shows a line.

    Without `details` what can wait is not asked.
    """

    draft: Draft
    layers: Layers
    hear: Callable[[str], str]
    say: Callable[[str], None]
    details: bool = False
    usual: list[str] = field(default_factory=list)
    """What was not asked and answered as Enter would, in words."""
    assumed: list[str] = field(default_factory=list)
    """Where in the file a range stands for what was not asked."""

    def run(self) -> None:
        """Ask everything that the draft does not hold yet."""
        for line in _BEFORE:
            self.say(line)
        sections = [each for each in SECTIONS if self.details or not each.detail]
        for number, section in enumerate(sections, start=1):
            self.say(f"\n── {number} of {len(sections)}: {section.title}")
            if section.each:
                self._items(section)
            else:
                self._from_the_first([(each, section.path) for each in section.questions])
        if self.usual:
            self.say(
                f"\nNot asked, so as usual in the file: {', '.join(dict.fromkeys(self.usual))}."
            )
        if self.assumed:
            names = ", ".join(self.assumed)
            self.say(
                f"Nor these, so the file assumes a range until you write what you know: {names}."
            )

    def ask_again(self, questions: Sequence[Asked]) -> None:
        """Ask questions about their parts, also where nobody knew the answer before."""
        self._from_the_first(questions, again=True)

    def _items(self, section: Section) -> None:
        for name in self.draft.names(section.path):
            self.say(f"\n{name}:")
            self._from_the_first(_of_item(section, name))
        self.say(section.why)
        before: list[dict[str, Any]] = []
        while name := self._name(section, more=bool(before)):
            if name == BACK:
                self._take_out(section, before)
                continue
            before.append(copy.deepcopy(self.draft.tree))
            self.draft.put(f"{section.path}.{name}.{section.named}", Answer(name))
            if not self._in_order(_of_item(section, name)):
                self._take_out(section, before)

    def _take_out(self, section: Section, before: list[dict[str, Any]]) -> None:
        """The last item goes, with what was said of it."""
        if not before:
            self.say("  There is nothing to take back here.")
            return
        last = self.draft.names(section.path)[-1]
        self.draft.tree = before.pop()
        self.say(f"  {last} is taken out.")

    def _name(self, section: Section, more: bool) -> str:
        which = "next" if more else "first"
        end = "to go on" if more else "for none"
        while True:
            typed = self.hear(f"\nName of the {which} {section.each} (Enter {end})").strip()
            if typed.lower() in _NO_MORE:
                return ""
            if typed == BACK:
                return BACK
            try:
                name = plant_name(typed)
            except UsageError as wrong:
                self.say(f"  {wrong}")
                continue
            name = name.replace("-", "_") if section.named == "kind" else name
            if name in self.draft.names(section.path):
                self.say(f"  {name} is there already")
                continue
            if name != typed:
                self.say(f"  It is called {name}.")
            return name

    def _from_the_first(self, questions: Sequence[Asked], again: bool = False) -> None:
        """Ask in order, where nothing stands before the first that `<` could go back to."""
        while not self._in_order(questions, again):
            self.say(_FIRST)

    def _in_order(self, questions: Sequence[Asked], again: bool = False) -> bool:
        """Ask in order; `<` goes one back. False where that leads before the first."""
        asked: list[tuple[int, dict[str, Any]]] = []
        number = 0
        while number < len(questions):
            question, at = questions[number]
            path, before = join(at, question.key), copy.deepcopy(self.draft.tree)
            menu = Menu(self.draft, question, path)
            if self._needless(question, at, menu, again):
                number += 1
            elif self._ask(question, path, menu, again):
                asked.append((number, before))
                number += 1
            elif asked:
                number, self.draft.tree = asked.pop()
            else:
                return False
        return True

    def _needless(self, question: Question, at: str, menu: Menu, again: bool) -> bool:
        """Whether it is answered, makes no sense here, or can be answered without a person."""
        path = join(at, question.key)
        given = self.draft.get(path) is not None
        if given:
            return not again
        nothing_there = menu.senseless if again else menu.empty
        if nothing_there or not applies(self.draft, question, at):
            return True
        return not again and self._answered(question, path, menu)

    def _answered(self, question: Question, path: str, menu: Menu) -> bool:
        """Answers what can wait, or has one choice only, as Enter would."""
        waits = question.detail and not self.details
        if not (waits or menu.only):
            return False
        answer = menu.read(menu.only)
        if answer is not None:
            try_answer(self.draft, path, replace(answer, asked=False), self.layers)
            if answer.known and question.usual:
                self.usual.append(question.usual.format(answer.value))
            if self.draft.assumed(path):
                self.assumed.append(path)
        return True

    def _ask(self, question: Question, path: str, menu: Menu, again: bool) -> bool:
        """False where the question before is to be asked again."""
        self.say(f"\n{question.ask}")
        if question.why:
            self.say(f"  {question.why}")
        for line in menu.lines():
            self.say(line)
        kept = self.draft.get(path)
        stands = kept not in (None, UNKNOWN) or self.draft.assumed(path)
        if stands:
            default = "as before" if kept == UNKNOWN else kept
        else:
            default = menu.default_words(again)
        while True:
            typed = self.hear(f"  [{default}]").strip()
            if typed == BACK:
                return False
            if stands and typed in ("", "?"):
                return True
            names = list(menu.names()) if typed.lower() == _LIST else []
            if names:
                for line in names:
                    self.say(line)
                continue
            try:
                answer = menu.read(typed)
                if answer is not None:
                    try_answer(self.draft, path, answer, self.layers)
                if echo := menu.echo(typed, answer):
                    self.say(f"  {echo}.")
                return True
            except BadAnswer as wrong:
                self.say(f"  {wrong}")


def _of_item(section: Section, name: str) -> list[Asked]:
    return [(each, f"{section.path}.{name}") for each in section.questions]


def applies(draft: Draft, question: Question, at: str) -> bool:
    """Whether a question makes sense after what was answered before it."""
    if not question.only_if:
        return True
    key, *wanted = question.only_if
    value = draft.get(join(at, key))
    if wanted == [""]:
        return value is None
    return value not in (None, UNKNOWN) if wanted == ["*"] else value in wanted
