from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from edgeward.stack.naming import (
    BUCKET_STEM_LIMIT,
    MODEL_GROUP_LIMIT,
    ROLE_LIMIT,
    aws_name,
    tag_value,
    thing_name,
)

PARTS = st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=3).map(tuple)
LIMITS = st.sampled_from([BUCKET_STEM_LIMIT, MODEL_GROUP_LIMIT, ROLE_LIMIT])


@given(PARTS, LIMITS)
def test_a_name_is_one_that_every_service_accepts(parts: tuple[str, ...], limit: int) -> None:
    name = aws_name(*parts, limit=limit)
    assert 1 <= len(name) <= limit
    assert re.fullmatch(r"[a-z0-9](-*[a-z0-9])*", name)


@given(PARTS, PARTS, LIMITS)
def test_two_things_never_share_a_name(
    one: tuple[str, ...], other: tuple[str, ...], limit: int
) -> None:
    if one != other:
        assert aws_name(*one, limit=limit) != aws_name(*other, limit=limit)


def test_an_ordinary_name_stays_readable() -> None:
    assert thing_name("bottling-brno", "line2-gpu") == "bottling-brno--line2-gpu"
    assert thing_name("bottling-brno", "line2-gpu", 3) == "bottling-brno--line2-gpu--3"


def test_a_name_that_only_looks_the_same_gets_a_digest() -> None:
    assert thing_name("a--b", "c") != thing_name("a", "b--c") != thing_name("a", "b", 1)
    assert re.fullmatch(r"pit--haul-truck-[0-9a-f]{8}", thing_name("pit", "haul_truck"))


def test_a_name_does_not_change_between_versions_of_edgeward() -> None:
    assert aws_name("edgeward-x", "y" * 80, "training", limit=64) == (
        f"edgeward-x--{'y' * 43}-2625922e"
    )


def test_a_tag_keeps_what_aws_allows() -> None:
    assert tag_value("Line 2, A&B <x>") == "Line 2_ A_B _x_"
    assert len(tag_value("x" * 300)) == 256
