"""The pages that `edgeward build` leaves: they stand alone, without network, script or clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from edgeward.report.fleet_link import plant_file
from edgeward.report.fleet_view import view_fleet
from edgeward.report.plant_view import view_plant
from edgeward.report.view import Links
from edgeward.result import RunResult


def render_html(result: RunResult, today: date, links: Links) -> Mapping[str, bytes]:
    """The files of the report by relative path: `index.html` for the fleet, one for each plant."""
    fleet = view_fleet(result, today, links.shared)
    pages = {"index.html": render_page("fleet.html.j2", fleet)}
    for plant in result.plants:
        page = view_plant(plant, today, links.plants.get(plant.name, ()))
        pages[plant_file(plant.name)] = render_page("plant.html.j2", page)
    return pages


def render_page(template: str, page: object) -> bytes:
    """A page from its template and what it shows."""
    text = _environment().get_template(template).render(page=page)
    return text.encode(errors="replace")  # a folder's name need not be Unicode


def set_code(text: str) -> Markup:
    """A sentence with what stands between backticks set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("edgeward.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["set_code"] = set_code
    return environment
