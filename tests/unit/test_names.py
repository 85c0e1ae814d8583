"""Names that every service accepts, and that two things never share."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from edgeward.names import join_name
from edgeward.stack.naming import ENDPOINT_LIMIT, MODEL_GROUP_LIMIT, ROLE_LIMIT, tag_value

PARTS = st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=3).map(tuple)
LIMITS = st.sampled_from([ENDPOINT_LIMIT, MODEL_GROUP_LIMIT, ROLE_LIMIT])


@given(PARTS, LIMITS)
def test_a_name_is_one_that_every_service_accepts(parts: tuple[str, ...], limit: int) -> None:
    name = join_name(*parts, limit=limit)
    assert 1 <= len(name) <= limit
    assert re.fullmatch(r"[a-z0-9](-*[a-z0-9])*", name)


@given(PARTS, PARTS, LIMITS)
def test_two_things_never_share_a_name(
    one: tuple[str, ...], other: tuple[str, ...], limit: int
) -> None:
    if one != other:
        assert join_name(*one, limit=limit) != join_name(*other, limit=limit)


def test_an_ordinary_name_stays_readable() -> None:
    assert join_name("bottling-brno", "line2-gpu", limit=128) == "bottling-brno--line2-gpu"


def test_a_name_that_only_looks_the_same_gets_a_digest() -> None:
    assert join_name("a--b", "c", limit=64) != join_name("a", "b--c", limit=64)
    assert re.fullmatch(r"pit--haul-truck-[0-9a-f]{8}", join_name("pit", "haul_truck", limit=64))


def test_a_name_does_not_change_between_versions_of_edgeward() -> None:
    assert join_name("edgeward-x", "y" * 80, "training", limit=64) == (
        f"edgeward-x--{'y' * 43}-2625922e"
    )


def test_a_tag_keeps_what_aws_allows() -> None:
    assert tag_value("Line 2, A&B <x>") == "Line 2_ A_B _x_"
    assert len(tag_value("x" * 300)) == 256
