"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.onboard.units import BadAnswer, read_number, refuse_without_unit


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("50", "uplink_mbps", 50),
        ("50 Mbit/s", "uplink_mbps", 50),
        ("6 MB/s", "uplink_mbps", 48),
        ("1.5Gbit/s", "uplink_mbps", 1500),
        ("2 s", "budget_ms", 2000),
        ("20 min", "worst_outage_hours", 1 / 3),
        ("8h", "worst_outage_hours", 8),
        ("2 weeks", "retention_days", 14),
        ("1.6 MB", "kb", 1600),
        ("1 %", "share", 0.01),
        ("5 %", "above", 0.05),
        ("3", "above", 3),
        ("10 Hz", "every_ms", 100),
        ("4 per second", "every_ms", 250),
        ("30 an hour", "random_per_hour", 30),
        ("-5", "ambient_c_max", -5),
        ("50 Mbit", "uplink_mbps", 50),
        ("a day", "worst_outage_hours", 24),
        ("Twelve", "count", 12),
        ("ten minutes", "worst_outage_hours", 1 / 6),
        ("within two seconds", "budget_ms", 2000),
        ("half a second at most", "budget_ms", 500),
        ("half an hour", "worst_outage_hours", 0.5),
        ("about 500 kB", "kb", 500),
        ("~1 %", "share", 0.01),
        ("2 in 100", "share", 0.02),
        ("1 out of 50", "above", 0.02),
        ("once a second", "every_ms", 1000),
        ("every 2 s", "every_ms", 2000),
        ("every minute", "every_ms", 60_000),
        ("each second", "every_ms", 1000),
        ("10/min", "every_ms", 6000),
        ("25 fps", "every_ms", 40),
        ("twice a day", "every_ms", 43_200_000),
        ("10 per minute", "random_per_hour", 600),
        ("24 times a day", "random_per_hour", 1),
    ],
)
def test_a_number_comes_in_the_unit_of_its_key(text, key, value):
    assert read_number(text, key) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("8 kg", "worst_outage_hours", "as 8 h"),
        ("50 mb/s", "uplink_mbps", "does not fit"),  # bits or bytes
        ("100 ms", "random_per_hour", "as 30 an hour"),
        ("4 boxes", "count", "no unit belongs here"),
        ("2,5", "worst_outage_hours", "2.5"),
        ("1,500", "uplink_mbps", "1500 or 1.500"),
        ("fast", "uplink_mbps", "no number"),
        ("", "uplink_mbps", "no number"),
        ("1.500,5", "uplink_mbps", "no number"),
        ("two shifts", "worst_outage_hours", "as 8 h"),
        ("a", "count", "no number"),
    ],
)
def test_what_does_not_fit_says_what_to_type(text, key, says):
    with pytest.raises(BadAnswer, match=says):
        read_number(text, key)


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("2", "budget_ms", "2 s or 2 ms"),
        ("1 to 5", "budget_ms", "1 to 5 s or 1 to 5 ms"),
        ("100", "every_ms", "100 s or 100 ms"),
        ("1", "share", "1 % if that is meant, or 100 %"),
        ("50", "share_for_ml", "50 % if"),
    ],
)
def test_a_bare_number_that_may_be_in_two_units_is_not_taken(text, key, says):
    with pytest.raises(BadAnswer, match=says):
        refuse_without_unit(text, key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2 s", "budget_ms"),
        ("?", "budget_ms"),
        ("a", "budget_ms"),
        ("0", "budget_ms"),
        ("0.01", "share"),
        ("2 in 100", "share"),
        ("1 %", "share"),
        ("8", "worst_outage_hours"),
        ("50", "uplink_mbps"),
    ],
)
def test_a_number_that_can_be_meant_one_way_only_needs_no_unit(text, key):
    assert refuse_without_unit(text, key) is None


def test_what_is_no_number_is_told_one_of_its_kind():
    with pytest.raises(BadAnswer, match="such as 60 ms or 2 s"):
        read_number("fast", "budget_ms")


@given(st.text(max_size=30), st.sampled_from(["budget_ms", "uplink_mbps", "count", "share"]))
def test_no_text_does_anything_but_give_a_number_or_say_why_not(text, key):
    try:
        assert isinstance(read_number(text, key), float)
    except BadAnswer as wrong:
        assert str(wrong)
