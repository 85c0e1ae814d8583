"""Zones and levels, devices for security, and how a model gets to its device."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from edgeward.catalog import Catalog
from edgeward.facts.age import last_day
from edgeward.facts.candidate import weigh_candidates
from edgeward.facts.device import device_subjects
from edgeward.facts.level import level_of, zone_of
from edgeward.facts.release import release_subjects
from edgeward.quantity import between, exact, unknown
from edgeward.site import Device, Flow, Origin, RunBy
from edgeward.subjects import FailureFacts
from edgeward.use_case import Absent
from tests.samples import CAP_CHECK, DECISION, SITE
from tests.unit.bundle.rendering import CATALOG
from tests.unit.explore.exploring import session


def test_an_endpoint_is_in_the_zone_of_its_device_or_stream_and_the_cloud_is_one() -> None:
    assert zone_of(SITE, "line2-gpu") == "line-2"
    assert zone_of(SITE, "cloud") == "cloud"
    assert zone_of(SITE, "plc-2") is None
    assert level_of(SITE, "line2-gpu") == exact(2)
    assert level_of(SITE, "cloud") == exact(5)
    unknown = level_of(SITE, "plc-2")
    assert (unknown.low, unknown.high) == (0, 5)
    assert unknown.rests_on == {"devices.plc-2.zone"}


def test_a_zone_that_is_named_and_not_declared_is_none() -> None:
    device = replace(SITE.devices[0], zone="nowhere")
    assert zone_of(replace(SITE, devices=(device,)), "line2-gpu") is None


@pytest.mark.parametrize(
    ("stated", "day"),
    [("2024", (2024, 12, 28)), ("2024-06", (2024, 6, 28)), ("2024-06-30", (2024, 6, 30))],
)
def test_a_date_is_as_young_as_it_can_be(stated: str, day: tuple[int, int, int]) -> None:
    assert last_day(stated) == date(*day)


def _device(site=SITE, catalog: Catalog = CATALOG):
    (found,) = device_subjects(site, catalog)
    return found


def test_a_security_level_counts_only_where_the_zone_states_it() -> None:
    assert _device().zone.level_declared is False
    origins = {"zones.line-2.security_level": Origin("site.yaml", 1, 1)}
    assert _device(replace(SITE, origins=origins)).zone.level_declared is True


def test_a_flow_in_either_direction_is_a_declared_connection() -> None:
    assert _device().flows_declared is True
    inward = replace(SITE, flows=(Flow("scada", "line2-gpu", "opcua", exact(4840)),))
    assert _device(inward).flows_declared is True
    assert _device(replace(SITE, flows=())).flows_declared is False


@pytest.mark.parametrize(
    ("changes", "sensitive"),
    [
        ({"sensitivity": "internal", "personal_data": "none"}, False),
        ({"sensitivity": "confidential", "personal_data": "none"}, True),
        ({"sensitivity": "internal", "personal_data": "pseudonymous"}, True),
        ({"sensitivity": "secret", "at": "elsewhere"}, False),
    ],
)
def test_data_is_sensitive_where_it_is_captured(changes: dict, sensitive: bool) -> None:
    site = replace(SITE, streams=(replace(SITE.streams[0], **changes),))
    assert _device(site).keeps_sensitive_data is sensitive


def test_support_is_compared_only_where_both_are_stated() -> None:
    assert _device().support.declared is False
    planned = replace(SITE.devices[0], planned_life_years=exact(10))
    site = replace(SITE, devices=(planned,))
    assert _device(site).support.declared is False
    classes = {
        name: replace(each, support_years=exact(7)) for name, each in CATALOG.device_classes.items()
    }
    found = _device(site, replace(CATALOG, device_classes=classes)).support
    assert (found.declared, found.support_years, found.planned_years) == (
        True,
        exact(7),
        exact(10),
    )


def _failure(device: Device, lasts_hours: float = 4) -> FailureFacts:
    absent = Absent("human", exact(lasts_hours), exact(60), exact(210))
    site = replace(SITE, devices=(device,), use_cases=(replace(CAP_CHECK, absent=absent),))
    catalog = session().workspace.catalog
    weighed = weigh_candidates(site, catalog, session().book.thresholds)
    (found,) = release_subjects(DECISION, weighed, catalog, date(2026, 11, 23))
    return found.failure


def test_a_rebuild_is_compared_with_what_the_plant_bridges_where_it_is_declared() -> None:
    assert _failure(SITE.devices[0]).declared is False
    device = replace(SITE.devices[0], run_by=RunBy("plant-it", exact(8)))
    found = _failure(device, lasts_hours=4)
    assert (found.declared, found.spare) == (True, False)
    assert (found.rebuild_hours, found.bridged_hours) == (exact(8), exact(4))
    assert _failure(replace(device, run_by=RunBy("plant-it", unknown("p")))).declared is False


def test_a_spare_is_one_that_surely_is_there() -> None:
    device = replace(SITE.devices[0], boxes=exact(3), spares=exact(1))
    assert _failure(device).spare is True
    assert _failure(replace(device, spares=between(0, 1, "p"))).spare is False
