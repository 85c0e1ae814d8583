"""The assignment is the best one there is."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from edgeward.place.assign import assign
from edgeward.place.option import Option, Queue, all_in_time

_HOSTS = ("a", "b", "cloud")
_PRICES = {"box a": 4, "box b": 3, "account": 2}
"""What several may pay for once, in cents; the box of a host is paid by whoever captures there."""
_Plant = tuple[dict[str, list[Option]], dict[str, tuple[float, ...]]]
_SHARED = tuple(_PRICES)


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
    shared = tuple((key, _PRICES[key]) for key in sorted(draw(st.sets(st.sampled_from(_SHARED)))))
    return Option(
        host,
        draw(st.integers(0, 5)) + sum(price for _, price in shared),
        draw(st.integers(1, 3)),
        (float(draw(st.integers(0, 4))), float(draw(st.integers(0, 4)))),
        queue if queue is None or all_in_time([queue]) else None,
        shared,
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


def test_a_box_that_two_need_is_paid_once() -> None:
    """Alone each is cheaper in the cloud; together they are not."""
    both = [
        Option("server", 120, 2, (1.0,), None, (("box", 100),)),
        Option("cloud", 90, 3, (0.0,)),
    ]
    limits = {"server": (5.0,)}
    alone = assign({"first": both}, limits)["first"]
    assert alone is not None and alone.host == "cloud"
    together = assign({"first": both, "second": both}, limits)
    assert [each.host for each in together.values() if each] == ["server", "server"]


def test_fifty_on_thirty_hosts_that_share_a_dozen_are_searched_in_time() -> None:
    options, limits = _many(random.Random(1), use_cases=50, hosts=30, reach=15, shared=12)
    assert None not in assign(options, limits).values()  # it gives up after half a million steps


def _many(draw: random.Random, *, use_cases: int, hosts: int, reach: int, shared: int) -> _Plant:
    names = [f"host-{n:02}" for n in range(hosts)]
    prices = {name: draw.choice((5_000, 8_200, 12_000, 20_000)) for name in names[:shared]}
    options = {}
    for n in range(use_cases):
        takes = (draw.choice((0.05, 0.1, 0.3)),)
        options[f"use-{n:02}"] = [
            Option(
                name,
                draw.randrange(0, 40) * 100 + prices.get(name, 0),
                1,
                takes,
                None,
                ((f"box {name}", prices[name]),) if name in prices else (),
            )
            for name in draw.sample(names, reach)
        ]
    return options, dict.fromkeys(names, (1.0,))


def test_many_alike_on_two_devices_that_are_too_small_are_searched_in_time() -> None:
    queue = Queue(500.0, 4.6, 5.0, 0.0, 5.0, 0.01, 0.0)
    alike = [Option("a", 100, 1, (3.0,), queue), Option("b", 100, 1, (3.0,), queue)]
    chosen = assign({f"use-{n:02}": alike for n in range(40)}, {"a": (40.0,), "b": (40.0,)})
    assert list(chosen.values()).count(None) == 40 - 2 * 13


def _best(
    options: dict[str, list[Option]], limits: dict[str, tuple[float, ...]]
) -> tuple[int, int, int]:
    best = (len(options) + 1, 0, 0)
    for picked in itertools.product(*([*choices, None] for choices in options.values())):
        score = _score(list(picked))
        if score < best and _fits(list(picked), limits):
            best = score
    return best


def _score(picked: list[Option | None]) -> tuple[int, int, int]:
    taken = [each for each in picked if each is not None]
    return (
        len(picked) - len(taken),
        sum(each.own_cents for each in taken)
        + sum(_PRICES[key] for key in {key for each in taken for key, _ in each.shared}),
        sum(each.parts for each in taken),
    )


def _fits(picked: list[Option | None], limits: dict[str, tuple[float, ...]]) -> bool:
    return all(
        _host_fits([e for e in picked if e and e.host == host], limits[host]) for host in limits
    )


def _host_fits(there: list[Option], limit: tuple[float, ...]) -> bool:
    roomy = all(sum(each.takes[part] for each in there) <= most for part, most in enumerate(limit))
    return roomy and all_in_time([each.queue for each in there if each.queue is not None])
