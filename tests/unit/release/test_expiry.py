"""A plant that is dark for longer than signatures are good is named, with the days that do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.declare.signing import Signing
from edgeward.quantity import Quantity, exact, unknown
from edgeward.release.expiry import find_short_lived
from tests.samples import CONNECTIVITY, SITE

DAYS = {"root": 365, "targets": 365, "snapshot": 30, "timestamp": 30, "models": 90, "plants": 90}
KEYS = Signing(DAYS, {})


def _found(dark: Quantity, signing: Signing = KEYS) -> list[str]:
    site = replace(SITE, connectivity=replace(CONNECTIVITY, worst_outage_hours=dark))
    return [each.message for each in find_short_lived(signing, [site])]


@pytest.mark.parametrize(("hours", "count"), [(359, 0), (360, 1), (2000, 1)])
def test_half_of_the_time_is_what_one_can_rely_on(hours: float, count: int) -> None:
    assert len(_found(exact(hours))) == count


def test_what_would_do_is_said() -> None:
    (message,) = _found(exact(720))
    assert message.startswith("the plant may be dark for 720 h, and roles.snapshot may be good for")
    assert message.endswith("only 360 h; give it 60 days or more")


def test_nobody_says_how_long() -> None:
    assert "does not say how long" in _found(unknown("connectivity.worst_outage_hours"))[0]


def test_the_keys_of_the_plant_itself_count() -> None:
    own = replace(KEYS, plants={SITE.name: 1})
    assert f"plants.{SITE.name} may be good for only 12 h" in _found(exact(12), own)[0]
