"""The cost report: the same totals in every format, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from edgeward.cost.money import Money
from edgeward.ownership.compare import cost_plant
from edgeward.ownership.priced import PlantCost
from edgeward.report.cost import render_cost
from edgeward.report.cost_words import format_amount, say_money, say_range, say_small
from edgeward.session import assess_plant, open_session

_ROOT = Path(__file__).parents[3]
_TODAY = date(2026, 11, 23)


def test_the_lines_of_the_csv_sum_to_the_totals_of_the_json() -> None:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in csv.DictReader(io.StringIO(_render("csv"))):
        if row["counts"] == "yes":
            sums[row["place"]] += Decimal(row["a_month"])
    (use_case,) = json.loads(_render("json"))["plants"][0]["use_cases"]
    totals = {each["name"]: Decimal(each["monthly"]["expected"]) for each in use_case["places"]}
    assert dict(sums) == totals


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown", "html"])
def test_every_format_is_the_same_every_time_and_names_what_was_chosen(form: str) -> None:
    assert _render(form) == _render(form)
    assert "cloud" in _render(form)
    assert "chosen" in _render(form)


def test_blocked_places_are_shown_only_where_asked_for() -> None:
    assert "truck-computer" in _render("text")
    assert "truck-computer" not in _render("text", with_blocked=False)


def test_a_spreadsheet_has_live_formulas_and_a_sheet_of_sources() -> None:
    pytest.importorskip("xlsxwriter")
    book = render_cost([_cost()], "xlsx", True, False, _TODAY)
    assert book == render_cost([_cost()], "xlsx", True, False, _TODAY)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        totals, lines = (parts.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
        words = parts.read("xl/sharedStrings.xml").decode()
    assert "<f>SUMIFS(Lines!K" in totals
    assert "<f>ROUND(G2*I2*J2,4)</f>" in lines
    assert "AWS page text quoted by api-evangelist" in words


def test_as_many_digits_as_are_known() -> None:
    assert say_money(_money("100", "1234.56", "9000")) == "1,200"
    assert say_money(_money("1230", "1234.56", "1240")) == "1,230"
    assert say_money(Money(Decimal(5), Decimal(5), None)) == "5 and more"
    assert say_range(Money(Decimal(5), Decimal(5), None)) == "at least 5"
    assert say_small(_money("0", "0.0000134", "1")) == "0.000013"
    assert say_small(None) == "–"
    assert format_amount(Decimal("-12.345"), 2) == "-12"


def _money(low: str, best: str, high: str) -> Money:
    return Money(Decimal(low), Decimal(best), Decimal(high))


def _render(form: str, with_blocked: bool = True) -> str:
    return render_cost([_cost()], form, with_blocked, True, _TODAY).decode()


@cache
def _cost() -> PlantCost:
    session = open_session(_ROOT, _TODAY, fresh=True)
    plant = assess_plant(session, "teck-haul-trucks")
    assert plant.site is not None
    assert plant.decision is not None
    return cost_plant(
        plant.site, session.workspace.catalog, session.book.thresholds, plant.decision, _TODAY
    )
