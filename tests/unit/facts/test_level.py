"""What is written from one Purdue level to another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.facts.host import list_hosts, make_job
from edgeward.facts.level import level_facts
from edgeward.quantity import exact
from edgeward.use_case import Write
from tests.samples import CAP_CHECK, CATALOG, GATEWAY, SITE

_PLC = replace(GATEWAY, name="plc-2")
_CASE = replace(CAP_CHECK, writes=(Write("plc-2", "opcua", exact(4840)),))


@pytest.mark.parametrize(
    ("zone", "host", "crosses"),
    [("line-2", "line2-gpu", False), (None, "line2-gpu", True), ("line-2", "cloud", True)],
)
def test_within_one_zone_no_level_is_crossed(zone: str | None, host: str, crosses: bool) -> None:
    site = replace(SITE, devices=(replace(GATEWAY, zone=zone), _PLC))
    (place,) = [each for each in list_hosts(site, CATALOG) if each.name == host]
    facts = level_facts(make_job(site, _CASE, CATALOG), place, exact(3))
    assert (facts.writes, facts.host) == (crosses, exact(3))
    assert facts.lowest_written == exact(2 if crosses else 5)
