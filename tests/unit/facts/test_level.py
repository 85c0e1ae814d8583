"""What is written from one Purdue level to another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.facts.host import list_hosts, make_job
from edgeward.facts.level import assumed_zones, level_facts, level_of, zone_of
from edgeward.quantity import between, exact
from edgeward.site import Assumption, Zone
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


def _assumed(*zones: str) -> Assumption:
    return Assumption("devices.line2-gpu.zone", None, None, zones, None, None, None)


def test_a_box_is_on_any_of_the_levels_that_its_network_is_assumed_on() -> None:
    zones = (Zone("line", exact(2), exact(0)), Zone("plant", exact(3), exact(0)))
    site = replace(SITE, zones=zones, devices=(replace(GATEWAY, zone=None), _PLC))
    site = replace(site, assumptions=(_assumed("line", "plant"),))
    assert level_of(site, "line2-gpu") == between(2, 3, "devices.line2-gpu.zone")
    assert level_of(site, "plc-2") == between(0, 5, "devices.plc-2.zone")


def test_a_declared_zone_stands_whatever_else_is_assumed_of_it() -> None:
    site = replace(SITE, devices=(GATEWAY, _PLC), assumptions=(_assumed("line-2", "office"),))
    assert level_of(site, "line2-gpu") == exact(2)
    assert assumed_zones(site, "line2-gpu") == ()


@pytest.mark.parametrize(
    ("protocol", "zone"), [("usb", "line-2"), (None, "line-2"), ("gige_vision", None)]
)
def test_only_a_sensor_at_no_network_is_surely_where_its_device_is(
    protocol: str | None, zone: str | None
) -> None:
    stream = replace(SITE.streams[0], protocol=protocol, zone=None)
    site = replace(SITE, streams=(stream,))
    assert zone_of(site, "cap-frames") == zone
    stated = replace(site, streams=(replace(stream, zone="line-2"),))
    assert zone_of(stated, "cap-frames") == "line-2"
