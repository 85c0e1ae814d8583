"""Numbers as people write them, with a unit, in the unit that the key of the file asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_TIMES = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 1.0),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1e3),
    **dict.fromkeys(("min", "minute", "minutes"), 6e4),
    **dict.fromkeys(("h", "hour", "hours"), 3.6e6),
    **dict.fromkeys(("d", "day", "days"), 8.64e7),
    **dict.fromkeys(("w", "week", "weeks"), 6.048e8),
    **dict.fromkeys(("y", "year", "years"), 3.15576e10),
}
_RATES = {
    **dict.fromkeys(("kbit/s", "kbps"), 1e-3),
    **dict.fromkeys(("Mbit/s", "mbit/s", "Mbps", "mbps", "Mb/s", "Mbit", "mbit"), 1.0),
    **dict.fromkeys(("Gbit/s", "gbit/s", "Gbps", "gbps", "Gb/s"), 1e3),
    **dict.fromkeys(("kB/s", "KB/s"), 8e-3),
    "MB/s": 8.0,
    "GB/s": 8e3,
}
_SIZES = {
    **dict.fromkeys(("B", "byte", "bytes"), 1e-3),
    **dict.fromkeys(("kB", "KB", "kb"), 1.0),
    **dict.fromkeys(("MB", "mb"), 1e3),
    **dict.fromkeys(("GB", "gb"), 1e6),
}
_IN_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SHARES = {"%": 0.01, "percent": 0.01}


class Unit(NamedTuple):
    """The unit of a key, in words, and the units that can be turned into it."""

    words: str
    known: Mapping[str, float]
    own: float


_BY_SUFFIX = {
    "ms": Unit("milliseconds", _TIMES, 1.0),
    "minutes": Unit("minutes", _TIMES, 6e4),
    "hours": Unit("hours", _TIMES, 3.6e6),
    "days": Unit("days", _TIMES, 8.64e7),
    "years": Unit("years", _TIMES, 3.15576e10),
    "mbps": Unit("megabits per second", _RATES, 1.0),
    "kb": Unit("kilobytes", _SIZES, 1.0),
    "mb": Unit("megabytes", _SIZES, 1e3),
    "share": Unit("a share from 0 to 1", _SHARES, 1.0),
    "above": Unit("a number, or a share of 1", _SHARES, 1.0),
}
_A_SECOND = ("hz", "fps", "/s", "per second", "a second", "times a second")
_PER_HOUR = Unit("times an hour", {"/h": 1.0, "per hour": 1.0, "an hour": 1.0}, 1.0)


class BadAnswer(ValueError):
    """An answer that cannot be read; the message says what to type instead."""


def unit_of(key: str) -> Unit | None:
    """The unit that the last word of a key names, None where it names none."""
    if key.endswith("per_hour"):
        return _PER_HOUR
    if key.startswith("share"):
        return _BY_SUFFIX["share"]
    return _BY_SUFFIX.get(key.rpartition("_")[2])


def read_number(text: str, key: str, unit_if_none: str = "") -> float:
    """`2 s` at `budget_ms` is 2000. Raises BadAnswer for what is no number or another unit."""
    found = re.fullmatch(rf"({NUMBER})\s*([^0-9\s,.].*)?", _in_digits(text.strip()))
    if found is None:
        raise BadAnswer(_no_number(text))
    value, written = float(found[1]), (found[2] or unit_if_none).strip()
    unit = unit_of(key)
    if not written:
        return value
    if unit is None:
        raise BadAnswer(f"`{written}`: no unit belongs here, type the number alone")
    if key == "every_ms" and written.lower() in _A_SECOND and value > 0:
        return float(f"{1e3 / value:.12g}")
    factor = unit.known.get(written) or unit.known.get(written.lower())
    if written == "mb/s" or factor is None:
        one_each = {times: spelt for spelt, times in reversed([*unit.known.items()])}
        choices = ", ".join(reversed(one_each.values()))
        raise BadAnswer(f"`{written}` does not fit: {unit.words} are meant, or one of {choices}")
    return float(f"{value * factor / unit.own:.12g}")


def _in_digits(text: str) -> str:
    """`two shifts` and `a day` with their first word as a number."""
    word, space, rest = text.partition(" ")
    if word.lower() in ("a", "an") and rest:
        return f"1 {rest}"
    known = word.lower() in _IN_WORDS
    return f"{_IN_WORDS.index(word.lower()) + 1}{space}{rest}" if known else text


def _no_number(text: str) -> str:
    with_comma = re.fullmatch(r"([0-9]+),([0-9]+)(\s*\D*)", text.strip())
    if with_comma is None:
        return f"`{text}` is no number: type one such as 50, or ? if nobody knows"
    whole, rest, unit = with_comma.groups()
    if len(rest) == 3:
        return f"`{text}` can be read two ways: type {whole}{rest}{unit} or {whole}.{rest}{unit}"
    return f"`{text}`: type a point for the comma, {whole}.{rest}{unit}"
