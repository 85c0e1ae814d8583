"""Bytes to a tree of nodes with positions, refusing what a declaration does not need.

libyaml only splits the text into events; the tree is composed here, without recursion, because
libyaml's own composer dies on deep nesting and lets duplicate keys and alias bombs through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from edgeward.declare.nodes import Node, Scalar, problem_at
from edgeward.declare.scalars import BadScalar, resolve
from edgeward.declare.text import decode, syntax_problem
from edgeward.errors import Problem
from edgeward.site import Layer, Origin

MAX_DEPTH = 64
MAX_PROBLEMS = 100

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml: slower, same answers


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, None where nothing could be read, without the values that `problems` refuse."""

    tree: Node | None
    problems: tuple[Problem, ...]


def load(data: bytes, file: str, layer: Layer = "site") -> Parsed:
    """Read one YAML document; `file` is the name used in positions and messages."""
    text = decode(data, file)
    if isinstance(text, Problem):
        return Parsed(None, (text,))
    composer = _Composer(file, layer)
    try:
        for event in _events(text):
            composer.take(event)
    except _Refused as refused:
        return Parsed(None, (*composer.problems, refused.problem)[-MAX_PROBLEMS:])
    except yaml.YAMLError as error:
        return Parsed(None, (*composer.problems, syntax_problem(error, text, file))[-MAX_PROBLEMS:])
    root = composer.root
    if root is None or (root.value is None and not root.text):
        empty = Problem(file, 0, 0, "", "the file is empty: nothing is declared")
        return Parsed(None, tuple(composer.problems) or (empty,))
    return Parsed(root, tuple(composer.problems))


def _events(text: str) -> Iterator[Event]:
    parser = _Parser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet; `key` is the key that waits for its value."""

    value: dict[str, Node] | list[Node]
    origin: Origin
    key: tuple[str | None, Origin] | None = None


@dataclass(slots=True)
class _Composer:
    file: str
    layer: Layer
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    open: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            closed = self.open.pop()
            self._place(Node(closed.value, closed.origin))
        elif isinstance(event, AliasEvent):
            name = _short(event.anchor)
            self._leave_out(event, f"the alias *{name} is not allowed: write the value out")
        elif isinstance(event, DocumentStartEvent):
            self._document(event)

    def _document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        origin = self._origin(event)
        if self.documents > 1:
            self._refuse(origin, "a second document starts here: one file holds one declaration")
        if event.tags or (event.version and tuple(event.version) != (1, 2)):
            self._complain(origin, "a %YAML or %TAG directive is not needed: remove the line")

    def _start(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        origin = self._origin(event)
        self._no_properties(event, origin)
        if self._awaits_key():
            self._refuse(origin, "a key must be plain text: a `{` or `[` here may need quotes")
        if len(self.open) >= MAX_DEPTH:
            self._refuse(origin, f"nested more than {MAX_DEPTH} levels deep")
        self.open.append(_Open({} if isinstance(event, MappingStartEvent) else [], origin))

    def _scalar(self, event: ScalarEvent) -> None:
        origin = self._origin(event)
        text, quoted = event.value, bool(event.style)
        if event.tag is not None:
            self._leave_out(event, f"the tag {_short(event.tag)} is not allowed: remove it")
            return
        self._no_properties(event, origin)
        try:
            value = text if quoted else resolve(text)
        except BadScalar as bad:
            self._leave_out(event, str(bad))
            return
        if self._awaits_key():
            self.open[-1].key = (self._checked_key(value, text, quoted, origin), origin)
        else:
            self._place(Node(value, origin, None, text, quoted))

    def _leave_out(self, event: Event, message: str) -> None:
        """Refuse a key or a value, and read on as if it were not there."""
        origin = self._origin(event)
        self._complain(origin, message)
        if self._awaits_key():
            self.open[-1].key = (None, origin)
        elif self.open:
            self.open[-1].key = None

    def _awaits_key(self) -> bool:
        return (
            bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None
        )

    def _checked_key(self, value: Scalar, text: str, quoted: bool, origin: Origin) -> str | None:
        siblings = self.open[-1].value
        assert isinstance(siblings, dict)
        if not isinstance(value, str):
            self._complain(origin, f"the key `{_short(text)}` is not text: put it in quotes")
        elif value == "<<" and not quoted:
            self._complain(origin, "merge keys (<<) are not allowed: use `like:`, or write it out")
        elif value in siblings:
            first = siblings[value].key
            line = first.line if first else 0
            self._complain(origin, f"the key `{_short(text)}` is on line {line} and again here")
        else:
            return value
        return None

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif parent.key is not None:
            name, origin = parent.key
            parent.key = None
            if name is not None:
                parent.value[name] = node._replace(key=origin)

    def _no_properties(
        self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, origin: Origin
    ) -> None:
        if event.anchor is not None:
            self._complain(
                origin, f"the anchor &{_short(event.anchor)} is not allowed: write values out"
            )
        if event.tag is not None:
            self._complain(origin, f"the tag {_short(event.tag)} is not allowed: remove it")

    def _origin(self, event: Event) -> Origin:
        mark = event.start_mark
        assert mark is not None
        return Origin(self.file, mark.line + 1, mark.column + 1, self.layer)

    def _complain(self, origin: Origin, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem_at(origin, "", message))

    def _refuse(self, origin: Origin, message: str) -> None:
        raise _Refused(problem_at(origin, "", message))


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 40 else text[:37] + "..."
