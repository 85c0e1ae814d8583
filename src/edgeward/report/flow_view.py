"""The connections of a plant as a picture: zones side by side, from the machine to the cloud.

Columns are the zones by their Purdue level, the cloud last; a box is an endpoint, an arrow goes
from whoever opens the connection. Arrows have numbers, the table beside them says what each is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edgeward.decision import Decision
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows
from edgeward.facts.host import CLOUD
from edgeward.facts.level import zone_of
from edgeward.figures import format_figure
from edgeward.report.wording import count
from edgeward.site import Site

_WIDE, _BOX_WIDE, _BOX_HIGH, _STEP, _TOP = 300, 170, 40, 74, 44
_NO_ZONE = "zone not declared"
_WIRE = "–"
_LONGEST, _LONGEST_ZONE = 22, 36


@dataclass(frozen=True, slots=True)
class ZoneView:
    title: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class NodeView:
    name: str
    x: str
    y: str
    text_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class ArrowView:
    """`path` is that of the curve, `head` has its corners, at `x` and `y` stands its number."""

    path: str
    head: str
    style: str
    number: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    number: str
    source: str
    target: str
    by: str
    encrypted: str
    purpose: str


@dataclass(frozen=True, slots=True)
class FlowView:
    """A picture of `width` × `height`, and the same as a table."""

    summary: str
    width: str
    height: str
    zones: tuple[ZoneView, ...]
    nodes: tuple[NodeView, ...]
    arrows: tuple[ArrowView, ...]
    rows: tuple[FlowRow, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an endpoint is: its column, and the middle of its box."""

    column: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Edge:
    """A connection over the network, or a wire from a sensor, of which nobody asks encryption."""

    source: str
    target: str
    by: str
    encryption: str
    purpose: str


def view_flows(site: Site, decision: Decision) -> FlowView | None:
    """None where nothing connects."""
    flows = derive_flows(site, decision.placements)
    wires = tuple(_wires(site, decision, flows))
    edges = (*wires, *map(_edge, flows))
    if not edges:
        return None
    columns = _columns(site, edges)
    spots = _place(columns)
    rows = max(len(names) for names in columns.values())
    return FlowView(
        summary=_summarise(len(flows), len(wires)),
        width=str(len(columns) * _WIDE),
        height=str(_TOP + rows * _STEP + 10),
        zones=tuple(
            ZoneView(_shorten(title, _LONGEST_ZONE), str(index * _WIDE + 6), str(_WIDE - 12))
            for index, title in enumerate(columns)
        ),
        nodes=tuple(_node(name, spots[name]) for name in sorted(spots)),
        arrows=tuple(_arrow(edge, spots, number) for number, edge in enumerate(edges, 1)),
        rows=tuple(_row(edge, number) for number, edge in enumerate(edges, 1)),
    )


def _summarise(flows: int, wires: int) -> str:
    """The connections are those of the port list, which has no sensors on a wire."""
    beside = f", and {count(wires, 'sensor')} without a port" if wires else ""
    return f"{count(flows, 'connection')}{beside}."


def _wires(site: Site, decision: Decision, flows: Sequence[NetworkFlow]) -> Iterator[_Edge]:
    """The sensors that placed use cases read and that no network flow captures."""
    captured = {each.declared_at for each in flows}
    placed = {each.use_case for each in decision.placements}
    read = {name for each in site.use_cases if each.name in placed for name in each.reads}
    for stream in site.streams:
        if stream.name in read and stream.at and f"streams.{stream.name}" not in captured:
            by = f"{stream.protocol}, no network port" if stream.protocol else "not declared how"
            yield _Edge(stream.per or stream.name, stream.at, by, _WIRE, f"capture {stream.name}")


def _edge(flow: NetworkFlow) -> _Edge:
    port = "port unknown" if flow.port is None else f"{flow.transport} {flow.port}"
    by = f"{flow.protocol}, {port}"
    return _Edge(flow.source, flow.target, by, flow.encryption, flow.purpose)


def _columns(site: Site, edges: Sequence[_Edge]) -> Mapping[str, Sequence[str]]:
    """The endpoints by the title of their zone, the lowest level first, the cloud last."""
    names = sorted({end for edge in edges for end in (edge.source, edge.target)} - {CLOUD})
    levels = {each.name: each for each in site.zones}
    found: dict[tuple[float, str], list[str]] = {}
    for name in names:
        zone = levels.get(zone_of(site, name) or "")
        if zone is None:
            found.setdefault((-1.0, _NO_ZONE), []).append(name)
        else:
            level = f"{zone.name}, level {format_figure(zone.level)}"
            found.setdefault((zone.level.low, level), []).append(name)
    columns = {title: found[level, title] for level, title in sorted(found)}
    if any(CLOUD in (edge.source, edge.target) for edge in edges):
        columns[f"cloud {site.cloud.region or ''}".strip()] = [CLOUD]
    return columns


def _place(columns: Mapping[str, Sequence[str]]) -> Mapping[str, _Spot]:
    middle = _WIDE // 2
    return {
        name: _Spot(column, column * _WIDE + middle, _TOP + row * _STEP + _STEP // 2)
        for column, names in enumerate(columns.values())
        for row, name in enumerate(names)
    }


def _node(name: str, spot: _Spot) -> NodeView:
    return NodeView(
        name=_shorten(name),
        x=str(spot.x - _BOX_WIDE // 2),
        y=str(spot.y - _BOX_HIGH // 2),
        text_x=str(spot.x),
        text_y=str(spot.y + 5),
    )


def _arrow(edge: _Edge, spots: Mapping[str, _Spot], number: int) -> ArrowView:
    """A curve from the side of one box to that of the other, its number on the way."""
    source, target = spots[edge.source], spots[edge.target]
    half, shift = _BOX_WIDE // 2, _shift(number)
    if source.column == target.column:
        start, end = source.x + half, target.x + half
        bend = start + 24 + 4 * (number % 4)
        points = ((start, source.y + shift), (bend, source.y), (bend, target.y), (end, target.y))
    else:
        way = 1 if source.column < target.column else -1
        start, end = source.x + way * half, target.x - way * half
        mid = (start + end) // 2
        points = (
            (start, source.y + shift),
            (mid, source.y + shift),
            (mid, target.y + shift),
            (end, target.y + shift),
        )
    first, *rest = (f"{x},{y}" for x, y in points)
    x, y = _along(points, (0.25, 0.4, 0.55, 0.7)[number % 4])
    head = _head(points[-2], points[-1])
    style = {"no": "flow open", _WIRE: "flow wire"}.get(edge.encryption, "flow")
    return ArrowView(
        f"M{first} C{' '.join(rest)}", head, style, str(number), f"{x:.0f}", f"{y:.0f}"
    )


def _head(before: tuple[int, int], tip: tuple[int, int]) -> str:
    """The corners of the head: every arrow comes in level, from the left or from the right."""
    x, y = tip
    back = x - 8 if before[0] < x else x + 8
    return f"{x},{y} {back},{y - 4} {back},{y + 4}"


def _shift(number: int) -> int:
    """Arrows between the same boxes lie a little apart."""
    return (number % 5 - 2) * 7


def _along(points: Sequence[tuple[int, int]], at: float) -> tuple[float, float]:
    """A point of the curve, by de Casteljau's construction."""
    found: list[tuple[float, float]] = [(float(x), float(y)) for x, y in points]
    while len(found) > 1:
        found = [(a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at) for a, b in pairwise(found)]
    return found[0]


def _row(edge: _Edge, number: int) -> FlowRow:
    ends = (edge.source, edge.target)
    return FlowRow(str(number), *ends, edge.by, edge.encryption, edge.purpose)


def _shorten(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
