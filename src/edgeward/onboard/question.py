"""What a question is: where its answer goes, how it is asked, and when it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RUNTIME_OF_CLASS = "runtime of the class"
"""A default that the box's class in the catalog gives."""
PLACE_OF_CLASS = "place of the class"
"""A default by the sort of the box: a server stands in a server room."""
OWNER_OF_PLANT = "owner of the plant"
"""A default that was answered for the plant."""


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is inside its section. `choices` has the words of each choice, `phrases` ranges of the
    catalog that an answer in words stands for; `names` is the section whose items are the choices.

    `range` stands for a number that nobody knows. `leaves_out` is the answer without a key in the
    file. `only_if` is a key of the same item with the values for which the question makes sense.
    `unlike` is the key of the same item whose answer cannot be this one too: two people. `needed`
    marks what is written as `unknown` where it was not asked; a `detail` can wait, and is answered
    with Enter where nobody asked for details: `usual` says then what was taken.
    """

    key: str
    ask: str
    why: str = ""
    default: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    names: str = ""
    range: str = ""
    leaves_out: str = ""
    only_if: tuple[str, ...] = ()
    usual: str = ""
    unlike: str = ""
    needed: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Questions about the plant as a whole (`path` is empty), a part of it, or, with `each`, about
    every item of a list; `each` asks for the item's name. A `detail` can wait as a whole."""

    path: str
    title: str
    questions: tuple[Question, ...]
    each: str = ""
    why: str = ""
    named: str = "name"
    detail: bool = False
