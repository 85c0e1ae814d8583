"""Plots of cost curves: told apart without colour, no scripts, the same every time."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from edgeward.cost.break_even import Crossing, Curve, Part
from edgeward.report.cost_blocks import Plot, plot_until
from edgeward.report.cost_text import render_cost_html, render_cost_markdown, render_cost_text
from edgeward.report.plot import draw_curves

_FLAT = Curve(Decimal(900))
_STEPS = Curve(Decimal(100), (Part(Decimal(200), every=Decimal(5)),))
_PLOT = Plot("Cost", "assets", "EUR", (("cloud", _FLAT), ("<box>", _STEPS)), Decimal(40))


def test_curves_are_told_apart_by_named_dashes_in_one_colour() -> None:
    pytest.importorskip("pygal")
    drawn = _draw()
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert "cloud: solid" in words
    assert "<box>: dashed" in words
    assert set(re.findall(r"serie-\d\{[^}]*?stroke-dasharray:([^;}]+)", drawn)) == {"none", "10,5"}
    colours = re.findall(r"\.color-\d[^{]*\{[^}]*?stroke: ?([^;}]+)", drawn)
    assert set(colours) == {"#000"}


def test_a_plot_has_no_script_and_the_same_bytes_every_time() -> None:
    pytest.importorskip("pygal")
    assert "<script" not in _draw()
    assert _draw() == _draw()


def test_only_a_page_shows_a_plot() -> None:
    pytest.importorskip("pygal")
    assert "<figure><svg" in render_cost_html([_PLOT], "Cost")
    assert render_cost_text([_PLOT]) == render_cost_markdown([_PLOT]) == ""


def test_a_page_says_that_a_plot_is_left_out_without_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pygal", None)
    page = render_cost_html([_PLOT], "Cost")
    assert "edgeward[plots]" in page
    assert "<svg" not in page


def test_a_plot_reaches_past_today_and_the_last_crossing_but_not_past_the_end() -> None:
    crossing = Crossing(Decimal(40), Decimal(40), "first")
    assert plot_until(Decimal(10), [], Decimal(1000)) == 20
    assert plot_until(Decimal(10), [crossing], Decimal(1000)) == 50
    assert plot_until(Decimal(10), [crossing], Decimal(45)) == 45
    assert plot_until(Decimal(0), [], Decimal(120)) == 120


def _draw() -> str:
    drawn = draw_curves(_PLOT.curves, _PLOT.end, _PLOT.along, _PLOT.amount, _PLOT.title)
    assert drawn is not None
    return drawn
