from __future__ import annotations

import pytest

from edgeward.brief.words import say_leaving
from edgeward.quantity import exact
from edgeward.site import Leaves, Stream


def _stream(leaves: Leaves | None) -> Stream:
    return Stream("frames", exact(40), None, exact(168), exact(30), leaves=leaves)


@pytest.mark.parametrize(
    ("form", "because", "says"),
    [
        ("features", None, "2 % of it leaves the plant as numbers made from it"),
        ("features", "drift", "2 % of it leaves the plant as numbers made from it, for: drift"),
        ("raw", None, "2 % of it leaves the plant as it is, what for is not declared"),
        ("raw", "labels", "2 % of it leaves the plant as it is, for: labels"),
    ],
)
def test_only_what_shows_everything_has_to_say_what_it_leaves_for(form, because, says) -> None:
    leaves = Leaves(form, exact(0.02), exact(40), because=because)
    assert say_leaving(_stream(leaves)) == says


def test_what_stays_is_said_to_stay() -> None:
    assert say_leaving(_stream(None)) == "stays in the plant"
