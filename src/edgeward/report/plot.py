"""Costs over one growing quantity as an SVG plot that is readable in black and white."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import cycle
from typing import Any

from edgeward.cost.break_even import Curve

_POINTS = 240
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DASHES = (
    ("solid", "none"),
    ("dashed", "10,5"),
    ("dotted", "2,4"),
    ("dash and dot", "12,4,2,4"),
    ("short dashes", "5,2"),
    ("long dashes", "18,8"),
)
"""Lines are told apart by these, in order and by name, never by colour."""


def draw_curves(
    named: Sequence[tuple[str, Curve]], end: Decimal, along: str, amount: str, title: str
) -> str | None:
    """An `<svg>` of every curve from zero to `end`, the same bytes every time.

    None where pygal, an extra, is not installed.
    """
    try:
        import pygal  # noqa: PLC0415
        from pygal.style import Style  # noqa: PLC0415
    except ImportError:
        return None
    # Its import hook for map plug-ins speaks a protocol that Python dropped, and warns.
    sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != "pygal"]
    chart = pygal.XY(
        style=Style(
            background="white",
            plot_background="white",
            foreground="#000",
            foreground_strong="#000",
            foreground_subtle="#555",
            guide_stroke_color="#ddd",
            guide_stroke_dasharray="none",
            major_guide_stroke_color="#ddd",
            major_guide_stroke_dasharray="none",
            opacity="1",
            stroke_opacity="1",
            colors=("#000",) * max(len(named), 1),
        ),
        js=[],
        no_prefix=True,
        disable_xml_declaration=True,
        explicit_size=True,
        width=860,
        show_dots=False,
        include_x_axis=True,
        title=title,
        truncate_legend=-1,
        height=420,
        x_title=along,
        y_title=amount,
    )
    chart.add_xml_filter(_without_script)
    for (name, curve), (word, dash) in zip(named, cycle(_DASHES), strict=False):
        style = {"width": 2, "dasharray": dash}
        chart.add(f"{name}: {word}", _points(curve, end), stroke_style=style)
    return _COMMENT.sub("", str(chart.render()))  # one of them has today's date


def _without_script(root: Any) -> Any:
    """The page stays one without scripts; pygal's are only for tooltips."""
    for parent in root.iter():
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return root


def _points(curve: Curve, end: Decimal) -> list[tuple[float, float]]:
    at = (end * step / _POINTS for step in range(1, _POINTS + 1))
    return [(float(value), float(curve.at(value))) for value in at]
