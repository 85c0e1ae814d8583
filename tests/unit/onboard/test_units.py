"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.onboard.units import BadAnswer, read_number


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
    ],
)
def test_a_number_comes_in_the_unit_of_its_key(text, key, value):
    assert read_number(text, key) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("8 kg", "worst_outage_hours", "hours are meant"),
        ("50 mb/s", "uplink_mbps", "does not fit"),  # bits or bytes
        ("100 ms", "random_per_hour", "times an hour"),
        ("4 boxes", "count", "no unit belongs here"),
        ("2,5", "worst_outage_hours", "2.5"),
        ("1,500", "uplink_mbps", "1500 or 1.500"),
        ("fast", "uplink_mbps", "no number"),
        ("", "uplink_mbps", "no number"),
        ("1.500,5", "uplink_mbps", "no number"),
        ("two shifts", "worst_outage_hours", "hours are meant"),
        ("a", "count", "no number"),
    ],
)
def test_what_does_not_fit_says_what_to_type(text, key, says):
    with pytest.raises(BadAnswer, match=says):
        read_number(text, key)


@given(st.text(max_size=30), st.sampled_from(["budget_ms", "uplink_mbps", "count", "share"]))
def test_no_text_does_anything_but_give_a_number_or_say_why_not(text, key):
    try:
        assert isinstance(read_number(text, key), float)
    except BadAnswer as wrong:
        assert str(wrong)
