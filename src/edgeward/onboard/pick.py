"""Which entry of a list somebody means, who types a part of it or says it in other words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from edgeward.declare.wording import did_you_mean
from edgeward.onboard.units import BadAnswer

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAY_NOTHING = frozenset(
    _WORD.findall(
        "an and are as at be but by for in is it its just like of on one only or our so such that "
        "the they this to today we what which"
    )
)
_STEM = 5


def pick(typed: str, entries: Mapping[str, str], named: bool) -> str:
    """The name that is meant: itself, the only one whose name or line holds what was typed, or the
    one whose line shares most words with it.

    Raises BadAnswer, with names where `named` says that people see them.
    """
    said = typed.lower()
    for name in (said, said.replace(" ", "_"), said.replace(" ", "-")):
        if name in entries:
            return name
    if said == "yes" and len(entries) == 1:
        return next(iter(entries))
    for where in (lambda name: name, entries.__getitem__):
        holding = [name for name in entries if said in where(name).lower()]
        if len(holding) == 1:
            return holding[0]
        if holding:
            raise BadAnswer(
                f"`{typed}` may be {', '.join(holding)}: type more of it, or its number"
            )
    alike = nearest(typed, {name: f"{name} {words}" for name, words in entries.items()})
    if alike:
        return alike
    if not named:
        raise BadAnswer(f"`{typed}` is none of these: type a number, or words of its line")
    raise BadAnswer(f"`{typed}` is not in the list: {did_you_mean(said, entries)}")


def nearest(typed: str, texts: Mapping[str, str]) -> str:
    """The one whose text shares most words with what was typed; empty where none or several do."""
    said = _stems(typed)
    shared = {name: len(said & _stems(text)) for name, text in texts.items()}
    most = max(shared.values(), default=0)
    best = [name for name, number in shared.items() if number == most]
    return best[0] if most and len(best) == 1 else ""


def _stems(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {word[:_STEM] for word in words if word not in _SAY_NOTHING}
