"""Deciding again is the same as deciding: what is left out cannot have changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgeward.assess import decide_again
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.vary import bind_again, limits_at, number_at, number_paths
from edgeward.explore.again import Again
from edgeward.explore.variants import Variants
from tests.unit.explore.exploring import example, plant, session

_EXAMPLES = (
    "amberg-pcb",
    "bottling-brno",
    "open-pit-mine",
    "water-leak-sensor",
    "wind-farm-north",
)
_CATALOG = session().workspace.catalog
_BOOK = session().book
_SHARED = plant(names=("first", "second", "third"), every_ms=20)


def _variants(name: str) -> Variants:
    return _SHARED if name == "shared" else example(name)


@pytest.mark.parametrize("name", [*_EXAMPLES, "shared"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_it_is_what_deciding_afresh_says(name: str, data: st.DataObject) -> None:
    source = _variants(name).source
    site = bind_site(source, _CATALOG)
    again = Again(site, _CATALOG, _BOOK, {})
    for _ in range(2):
        values = _values(source, data)
        variant = bind_again(source, _CATALOG, site, values)
        assert variant == bind_site(source, _CATALOG, values)
        assert again.decide(variant) == decide_again(variant, _CATALOG, _BOOK, {})


@pytest.mark.parametrize("name", _EXAMPLES)
def test_the_words_of_assumptions_are_decided_again_alike(name: str) -> None:
    source = _variants(name).source
    site = bind_site(source, _CATALOG)
    again = Again(site, _CATALOG, _BOOK, {})
    for assumption in site.assumptions:
        for word in assumption.one_of:
            variant = bind_again(source, _CATALOG, site, {assumption.at: word})
            assert variant == bind_site(source, _CATALOG, {assumption.at: word})
            assert again.decide(variant) == decide_again(variant, _CATALOG, _BOOK, {})


def _values(source: PlantSource, data: st.DataObject) -> dict[str, float]:
    """Other values for one or two numbers of the plant, as far as they may go."""
    paths = data.draw(
        st.lists(st.sampled_from(number_paths(source)), min_size=1, max_size=2, unique=True)
    )
    values = {}
    for path in paths:
        limits = limits_at(source, path)
        now = number_at(source, _CATALOG, path).stated or 1.0
        moved = now * data.draw(st.sampled_from([0.01, 0.5, 0.9, 1.1, 2, 100]))
        moved = max(moved, limits.least)
        moved = min(moved, limits.most) if limits.most is not None else moved
        values[path] = round(moved) if limits.whole else moved
    return values
