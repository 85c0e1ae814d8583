"""A plant to write documents about; `replace` what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from edgeward.brief.subject import Subject, Version
from edgeward.catalog import Catalog
from edgeward.result import PlantResult
from edgeward.site import Site
from tests.unit.report.outcomes import DECIDED

TODAY = date(2026, 11, 23)
VERSION = Version("0123456789abcdef0123456789abcdef01234567")
CATALOG = Catalog({}, {}, {}, {}, {})


def make_subject(plant: PlantResult = DECIDED, site: Site | None = None) -> Subject:
    assert plant.site is not None and plant.decision is not None
    site = site or plant.site
    plant = replace(plant, site=site)
    return Subject(plant, site, plant.decision, CATALOG, VERSION, TODAY)  # type: ignore[arg-type]


def with_use_case(**changes: object) -> Subject:
    """The decided plant, its one use case changed."""
    site = DECIDED.site
    assert site is not None
    use_case = replace(site.use_cases[0], **changes)  # type: ignore[arg-type]
    return make_subject(site=replace(site, use_cases=(use_case,)))
