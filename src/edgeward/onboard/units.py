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
    """The unit of a key, in words, the units that can be turned into it, and what one types."""

    words: str
    known: Mapping[str, float]
    own: float
    example: str


_BY_SUFFIX = {
    "ms": Unit("milliseconds", _TIMES, 1.0, "60 ms or 2 s"),
    "minutes": Unit("minutes", _TIMES, 6e4, "20 min"),
    "hours": Unit("hours", _TIMES, 3.6e6, "8 h"),
    "days": Unit("days", _TIMES, 8.64e7, "30 days"),
    "years": Unit("years", _TIMES, 3.15576e10, "5 years"),
    "mbps": Unit("megabits per second", _RATES, 1.0, "50 Mbit/s"),
    "kb": Unit("kilobytes", _SIZES, 1.0, "500 kB"),
    "mb": Unit("megabytes", _SIZES, 1e3, "20 MB"),
    "share": Unit("a share from 0 to 1", _SHARES, 1.0, "5 %"),
    "above": Unit("a number, or a share of 1", _SHARES, 1.0, "5 % or 20"),
}
_PER_HOUR = Unit("times an hour", {"per hour": 1.0}, 1.0, "30 an hour")
_ROUGHLY = re.compile(
    r"^(?:(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|some|within|at most|at least"
    r"|up to|less than|max\.?|~)\s*)+|\s+(?:or so|at most|max\.?|each)$",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(
    rf"({NUMBER}|once|twice)\s*(?:times\s)?\s*(?:(?:/|per\s|an?\s|each\s|every\s)\s*(\w+)|hz|fps)",
    re.IGNORECASE,
)
_OF_MANY = re.compile(rf"({NUMBER})\s*(?:in|of|out of|per)\s*({NUMBER})", re.IGNORECASE)
_EVERY = re.compile(r"^every\s+(?=[0-9])", re.IGNORECASE)


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
    """`2 s` at `budget_ms` is 2000, `twice a day` at `every_ms` half a day.

    Raises BadAnswer for what is no number or another unit.
    """
    said = _ROUGHLY.sub("", text.strip())
    said = _in_digits(_EVERY.sub("", said) if key == "every_ms" else said)
    often = _how_often(said, key)
    if often is not None:
        return often
    unit = unit_of(key)
    of_many = _OF_MANY.fullmatch(said)
    if of_many and unit and unit.known is _SHARES and float(of_many[2]) > 0:
        return _rounded(float(of_many[1]) / float(of_many[2]))
    found = re.fullmatch(rf"({NUMBER})\s*([^0-9\s,.].*)?", said)
    if found is None:
        raise BadAnswer(_no_number(text, unit))
    value, written = float(found[1]), (found[2] or unit_if_none).strip()
    if not written:
        return value
    if unit is None:
        raise BadAnswer(f"`{written}`: no unit belongs here, type the number alone")
    factor = unit.known.get(written) or unit.known.get(written.lower())
    if written == "mb/s" or factor is None:
        one_each = {times: spelt for spelt, times in reversed([*unit.known.items()])}
        choices = ", ".join(reversed(one_each.values()))
        raise BadAnswer(f"`{written}` does not fit: type it as {unit.example}, in one of {choices}")
    return _rounded(value * factor / unit.own)


def _rounded(value: float) -> float:
    """Without what the arithmetic of a unit leaves behind: 0.07, not 0.07000000000000001."""
    return float(f"{value:.12g}")


def refuse_without_unit(text: str, key: str) -> None:
    """Raises BadAnswer for a bare number that one person means in seconds or percent and another
    in the unit of the file."""
    unit, numbers = unit_of(key), [float(each) for each in re.findall(NUMBER, text)]
    if re.search(r"[^\W\d]|%", re.sub(r"\bto\b", "", text)) or not any(numbers):
        return
    if unit == _BY_SUFFIX["ms"]:
        raise BadAnswer(f"`{text}` of what? Type the unit too, as in {text} s or {text} ms")
    if unit == _BY_SUFFIX["share"] and max(numbers) >= 1:
        raise BadAnswer(f"`{text}` of what? Type {text} % if that is meant, or 100 % for all")


def _how_often(text: str, key: str) -> float | None:
    """`10 per minute` at keys of a load: how long from one to the next, or how many an hour."""
    if key != "every_ms" and unit_of(key) != _PER_HOUR:
        return None
    found = _HOW_OFTEN.fullmatch(text)
    span = _TIMES.get((found[2] or "s").lower()) if found else None
    if found is None or span is None:
        return None
    times = {"once": 1.0, "twice": 2.0}.get(found[1].lower()) or float(found[1])
    if times <= 0:
        return None
    value = span / times if key == "every_ms" else times * _TIMES["hour"] / span
    return _rounded(value)


def _in_digits(text: str) -> str:
    """`two shifts`, `a day` and `every day` with their first word as a number."""
    word, space, rest = text.partition(" ")
    if word.lower() == "half" and rest.lower().startswith(("a ", "an ")):
        return f"0.5 {rest.partition(' ')[2]}"
    if word.lower() in ("a", "an", "each", "every") and rest:
        return f"1 {rest}"
    known = word.lower() in _IN_WORDS
    return f"{_IN_WORDS.index(word.lower()) + 1}{space}{rest}" if known else text


def _no_number(text: str, unit: Unit | None) -> str:
    with_comma = re.fullmatch(r"([0-9]+),([0-9]+)(\s*\D*)", text.strip())
    if with_comma is None:
        example = unit.example if unit else "50"
        return f"`{text}` is no number: type one such as {example}, or ? if nobody knows"
    whole, rest, written = with_comma.groups()
    if len(rest) == 3:
        return (
            f"`{text}` can be read two ways: type {whole}{rest}{written} or {whole}.{rest}{written}"
        )
    return f"`{text}`: type a point for the comma, {whole}.{rest}{written}"
