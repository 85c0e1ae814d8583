"""Plant files broken at random, and the oddities of YAML: a site or problems, never a traceback."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from edgeward.errors import Problem
from edgeward.site import Site
from tests.unit.declare.declaring import CASES, declare, workspace

_PLANT = (CASES / "accept" / "a_whole_plant.yaml").read_bytes()
_ODD = [
    each.encode("utf-8", "surrogateescape")
    for each in (
        *("&a", "*a", "!!binary x", "!", "<<: *a", "? ", "- ", "[", "]", "{", "}", "\t", "---\n"),
        *("...\n", "%YAML 1.1\n", "|", ">-", "'", '"', "#", "\x00", "\udcff", "\ufeff", "\r"),
        *("\r\n", "\u2028", "\u202e", "\U0001f600", "no", "012", "0x1F", "1:30", "~", "null"),
        *(".inf", "-.nan", "1e999", "-1", "0", "1e-400", "99999999999999999999", "''", "[]"),
        *("{}", "[[[[[[", "unknown", "\\", "`", "@", "a: b: c", "{a: 1, a: 2}", "? {a: b}\n: c"),
        *("\u200b", "'a\tb'", '"\\e[31m"', "&" + "a" * 999, "x" * 999),
    )
]
_PLACES = (
    b"%s",
    b"title: %s",
    b"labels: {a: %s}",
    b"devices: [%s]",
    b"%s: x",
    b"connectivity: {uplink_mbps: %s}",
    b"use_cases: [{name: %s}]",
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7")
_VALUE = re.compile(rb"(?<=[:,\[] )[^,\n{}\[\]#]+")


def _bytes(data: bytes, pick: random.Random) -> bytes:
    at = pick.randrange(len(data))
    length = pick.choice((1, 1, 2, 5, 40))
    return pick.choice((
        data[:at] + data[at + length :],
        data[:at] + data[at : at + length] * 2 + data[at + length :],
        data[:at] + bytes([pick.randrange(256)]) + data[at + 1 :],
        data[:at] + pick.choice(_ODD) + data[at:],
        data[:at],
    ))  # fmt: skip


def _lines(data: bytes, pick: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    kind = pick.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(other, lines[at])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = b" " * pick.randrange(1, 5) + lines[at].lstrip()
    return b"".join(lines)


def _values(data: bytes, pick: random.Random) -> bytes:
    places = [found.span() for found in _VALUE.finditer(data)]
    if not places:
        return data
    start, end = pick.choice(places)
    other = pick.choice(places)
    return data[:start] + pick.choice((pick.choice(_ODD), data[slice(*other)])) + data[end:]


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bytes, _lines, _values)


def _mutant(seed: int) -> bytes:
    pick = random.Random(seed)
    data = _PLANT
    for _ in range(pick.choice((1, 1, 1, 2, 4))):
        data = pick.choice(_MUTATIONS)(data, pick) or b"x"
    return data


def _check(data: bytes) -> bool:
    found = declare(data)
    if isinstance(found, Site):
        return True
    assert found and all(isinstance(each, Problem) for each in found)
    for each in found:
        assert len(str(each)) < 700, str(each)
        assert str(each).isprintable(), repr(str(each))
    return False


def test_a_mutated_plant_is_a_site_or_problems() -> None:
    accepted = sum(_check(_mutant(seed)) for seed in range(300))
    assert 10 < accepted < 250


@pytest.mark.soak
def test_many_mutated_plants_are_sites_or_problems() -> None:
    assert sum(_check(_mutant(seed)) for seed in range(5000))


_HEAD = b"apiVersion: edgeward/v1alpha1\nkind: Site\nname: plant\n"


@pytest.mark.parametrize("odd", _ODD, ids=range(len(_ODD)))
@pytest.mark.parametrize("place", _PLACES, ids=repr)
def test_an_oddity_anywhere_is_a_site_or_problems(odd: bytes, place: bytes) -> None:
    _check(_HEAD + place % odd + b"\n")
    _check(place % odd)


@pytest.mark.parametrize("encoding", _ENCODINGS)
def test_another_encoding_is_a_problem_or_reads_the_same(encoding: str) -> None:
    _check((_HEAD.decode() + "title: Abfüller\n").encode(encoding))


def test_the_whole_plant_is_bound_with_every_path_known() -> None:
    found = declare(_PLANT)
    assert isinstance(found, Site)
    assert len(found.origins) > 200
    assert workspace().catalog.models[found.use_cases[0].model.name]  # type: ignore[union-attr]
