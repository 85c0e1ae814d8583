"""Asks what was not given, one plain question after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Interview:
    """`hear` gives back what was typed after a prompt, `say` shows a line."""

    draft: Draft
    layers: Layers
    hear: Callable[[str], str]
    say: Callable[[str], None]
    shown: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Ask everything that the draft does not hold yet."""
        self.say("Enter takes what stands in brackets. ? means that nobody knows.")
        self.say("Every answer can be changed in the file later; Ctrl-C leaves nothing behind.")
        self.say("A number may be a range, 20 to 80, or a value with its range, 50 (20 to 80).")
        for section in SECTIONS:
            self.say(f"\n── {section.title}")
            if section.each:
                self._items(section)
            else:
                self._questions(section, section.path)

    def _items(self, section: Section) -> None:
        for name in self.draft.names(section.path):
            self.say(f"\n{name}:")
            self._questions(section, f"{section.path}.{name}")
        self.say(section.why)
        while name := self._name(section):
            self.draft.put(f"{section.path}.{name}.{section.named}", Answer(name))
            self._questions(section, f"{section.path}.{name}")

    def _name(self, section: Section) -> str:
        while True:
            typed = self.hear(f"Name of {section.each}").strip()
            if not typed:
                return ""
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

    def _questions(self, section: Section, at: str) -> None:
        for question in section.questions:
            path = join(at, question.key)
            if self.draft.get(path) is None and applies(self.draft, question, at):
                self._ask(question, path)

    def _ask(self, question: Question, path: str) -> None:
        menu = Menu(self.draft, question, path)
        if question.names and not menu.entries:
            return
        self.say(f"\n{question.ask}")
        self.say(f"  {question.why}")
        for line in menu.lines(question.key in self.shown):
            self.say(line)
        self.shown.add(question.key)
        while True:
            typed = self.hear(f"  [{menu.default_words()}]").strip()
            try:
                answer = menu.read(typed)
                if answer is not None:
                    try_answer(self.draft, path, answer, self.layers)
                return
            except BadAnswer as wrong:
                self.say(f"  {wrong}")


def applies(draft: Draft, question: Question, at: str) -> bool:
    """Whether a question makes sense after what was answered before it."""
    if question.only_if is None:
        return True
    key, wanted = question.only_if
    value = draft.get(join(at, key))
    if wanted == "":
        return value is None
    return value not in (None, UNKNOWN) if wanted == "*" else bool(value == wanted)
