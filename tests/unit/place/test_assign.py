"""The assignment is the best one there is."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from edgeward.place.assign import Load, Option, assign

_HOSTS = ("a", "b", "cloud")


@st.composite
def _plants(draw: st.DrawFn) -> tuple[dict[str, list[Option]], dict[str, Load]]:
    limits = {
        host: (float(draw(st.integers(0, 6))), float(draw(st.integers(0, 6)))) for host in "ab"
    }
    options = {
        f"use-{index}": [
            Option(
                host,
                draw(st.integers(0, 5)),
                draw(st.integers(1, 3)),
                (float(draw(st.integers(0, 4))), float(draw(st.integers(0, 4)))),
            )
            for host in draw(st.lists(st.sampled_from(_HOSTS), unique=True, max_size=3))
        ]
        for index in range(draw(st.integers(0, 4)))
    }
    return options, limits


@settings(max_examples=400)
@given(_plants())
def test_it_equals_brute_force(plant: tuple[dict[str, list[Option]], dict[str, Load]]) -> None:
    options, limits = plant
    chosen = assign(options, limits)
    assert _fits(list(chosen.values()), limits)
    assert _score(list(chosen.values())) == _best(options, limits)


@given(_plants())
def test_room_never_leaves_more_unplaced(
    plant: tuple[dict[str, list[Option]], dict[str, Load]],
) -> None:
    options, limits = plant
    roomier = {host: tuple(part + 1 for part in load) for host, load in limits.items()}
    before = list(assign(options, limits).values())
    after = list(assign(options, roomier).values())
    assert after.count(None) <= before.count(None)


def test_two_that_fit_alone_and_not_together_are_not_put_together() -> None:
    alone = [Option("gateway", 0, 1, (3.0,))]
    chosen = assign({"first": alone, "second": alone}, {"gateway": (5.0,)})
    assert list(chosen.values()).count(None) == 1


def test_the_cheaper_goes_elsewhere_when_both_do_not_fit() -> None:
    options = {
        "dear": [Option("gateway", 0, 1, (3.0,)), Option("cloud", 900, 3, (0.0,))],
        "cheap": [Option("gateway", 0, 1, (3.0,)), Option("cloud", 10, 3, (0.0,))],
    }
    chosen = assign(options, {"gateway": (5.0,)})
    assert {name: each.host if each else None for name, each in chosen.items()} == {
        "dear": "gateway",
        "cheap": "cloud",
    }


def _best(options: dict[str, list[Option]], limits: dict[str, Load]) -> tuple[int, int, int]:
    every = itertools.product(*([*choices, None] for choices in options.values()))
    return min(_score(list(picked)) for picked in every if _fits(list(picked), limits))


def _score(picked: list[Option | None]) -> tuple[int, int, int]:
    taken = [each for each in picked if each is not None]
    return (
        len(picked) - len(taken),
        sum(each.cents for each in taken),
        sum(each.parts for each in taken),
    )


def _fits(picked: list[Option | None], limits: dict[str, Load]) -> bool:
    return all(
        sum(each.takes[part] for each in picked if each is not None and each.host == host) <= most
        for host, limit in limits.items()
        for part, most in enumerate(limit)
    )
