"""The assignment is the best one there is."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from edgeward.place.assign import Option, Queue, all_in_time, assign

_HOSTS = ("a", "b", "cloud")
_Plant = tuple[dict[str, list[Option]], dict[str, tuple[float, ...]]]


@st.composite
def _queues(draw: st.DrawFn) -> Queue | None:
    """A use case that is in time alone."""
    service = float(draw(st.integers(1, 10)))
    random_load = draw(st.sampled_from([0.0, 0.2, 0.5]))
    if draw(st.booleans()):
        return None
    burst = 0.0 if random_load else service
    return Queue(
        slack_ms=float(draw(st.integers(0, 40))),
        nats=4.6,
        service_ms=service,
        ahead_ms=0.0,
        burst_ms=burst,
        periodic_load=0.0 if random_load else 0.1,
        random_load=random_load,
    )


@st.composite
def _plants(draw: st.DrawFn) -> _Plant:
    limits = {
        host: (float(draw(st.integers(0, 6))), float(draw(st.integers(0, 6)))) for host in "ab"
    }
    options: dict[str, list[Option]] = {}
    for index in range(draw(st.integers(0, 4))):
        hosts = draw(st.lists(st.sampled_from(_HOSTS), unique=True, max_size=3))
        options[f"use-{index}"] = [_option(draw, host, limits) for host in hosts]
    return options, limits


def _option(draw: st.DrawFn, host: str, limits: dict[str, tuple[float, ...]]) -> Option:
    queue = draw(_queues()) if host in limits else None
    return Option(
        host,
        draw(st.integers(0, 5)),
        draw(st.integers(1, 3)),
        (float(draw(st.integers(0, 4))), float(draw(st.integers(0, 4)))),
        queue if queue is None or all_in_time([queue]) else None,
    )


@settings(max_examples=2_000, deadline=None)
@given(_plants())
def test_it_equals_brute_force(plant: _Plant) -> None:
    options, limits = plant
    chosen = list(assign(options, limits).values())
    assert _fits(chosen, limits)
    assert _score(chosen) == _best(options, limits)


@given(_plants())
def test_room_never_leaves_more_unplaced(plant: _Plant) -> None:
    options, limits = plant
    roomier = {host: tuple(part + 1 for part in load) for host, load in limits.items()}
    before = list(assign(options, limits).values())
    after = list(assign(options, roomier).values())
    assert after.count(None) <= before.count(None)


def test_two_that_fit_alone_and_not_together_are_not_put_together() -> None:
    alone = [Option("gateway", 0, 1, (3.0,))]
    chosen = assign({"first": alone, "second": alone}, {"gateway": (5.0,)})
    assert list(chosen.values()).count(None) == 1


def test_two_that_are_in_time_alone_and_not_together_are_not_put_together() -> None:
    queue = Queue(5.0, 4.6, 6.0, 0.0, 6.0, 0.1, 0.0)
    alone = [Option("gateway", 0, 1, (1.0,), queue)]
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


def test_many_alike_on_two_devices_that_are_too_small_are_searched_in_time() -> None:
    queue = Queue(500.0, 4.6, 5.0, 0.0, 5.0, 0.01, 0.0)
    alike = [Option("a", 100, 1, (3.0,), queue), Option("b", 100, 1, (3.0,), queue)]
    chosen = assign({f"use-{n:02}": alike for n in range(40)}, {"a": (40.0,), "b": (40.0,)})
    assert list(chosen.values()).count(None) == 40 - 2 * 13


def _best(
    options: dict[str, list[Option]], limits: dict[str, tuple[float, ...]]
) -> tuple[int, int, int]:
    every = itertools.product(*([*choices, None] for choices in options.values()))
    return min(_score(list(picked)) for picked in every if _fits(list(picked), limits))


def _score(picked: list[Option | None]) -> tuple[int, int, int]:
    taken = [each for each in picked if each is not None]
    return (
        len(picked) - len(taken),
        sum(each.cents for each in taken),
        sum(each.parts for each in taken),
    )


def _fits(picked: list[Option | None], limits: dict[str, tuple[float, ...]]) -> bool:
    return all(
        _host_fits([e for e in picked if e and e.host == host], limits[host]) for host in limits
    )


def _host_fits(there: list[Option], limit: tuple[float, ...]) -> bool:
    roomy = all(sum(each.takes[part] for each in there) <= most for part, most in enumerate(limit))
    return roomy and all_in_time([each.queue for each in there if each.queue is not None])
