from __future__ import annotations

from dataclasses import replace

from edgeward.quantity import exact
from edgeward.report.flow_view import view_flows
from edgeward.site import Zone
from tests.samples import DECISION, FRAMES, GATEWAY, SITE


def test_zones_stand_side_by_side_by_their_level_and_the_cloud_is_last() -> None:
    office = Zone("office", exact(3), exact(1))
    field = Zone("field", exact(0), exact(1))
    site = replace(
        SITE,
        zones=(office, *SITE.zones, field),
        devices=(GATEWAY, replace(GATEWAY, name="scada", zone="office")),
        streams=(replace(FRAMES, zone="field"),),
    )
    view = view_flows(site, DECISION)
    assert view is not None
    titles = [zone.title for zone in view.zones]
    assert titles == [
        "zone not declared",
        "field, level 0",
        "line-2, level 2",
        "office, level 3",
        "cloud eu-central-1",
    ]
    assert [int(zone.x) for zone in view.zones] == sorted(int(zone.x) for zone in view.zones)


def test_every_arrow_has_a_row_and_both_its_ends_a_box() -> None:
    view = view_flows(SITE, DECISION)
    assert view is not None
    assert [arrow.number for arrow in view.arrows] == [row.number for row in view.rows]
    names = {node.name for node in view.nodes}
    assert {end for row in view.rows for end in (row.source, row.target)} <= names
    assert {arrow.style for arrow in view.arrows} == {"flow", "flow open"}


def test_a_sensor_on_a_wire_is_shown_though_no_port_is_open_for_it() -> None:
    wired = replace(FRAMES, protocol="usb", per="camera")
    view = view_flows(replace(SITE, streams=(wired,)), DECISION)
    assert view is not None
    row = view.rows[0]
    assert (row.source, row.target, row.encrypted) == ("camera", "line2-gpu", "–")
    assert row.by == "usb, no network port"
    assert view.arrows[0].style == "flow wire"
    assert view.summary == f"{len(view.rows) - 1} connections, and 1 sensor without a port."


def test_of_a_sensor_of_which_nobody_says_how_it_is_connected_no_wire_is_claimed() -> None:
    view = view_flows(replace(SITE, streams=(replace(FRAMES, protocol=None),)), DECISION)
    assert view is not None and view.rows[0].by == "not declared how"


def test_where_nothing_connects_there_is_no_picture() -> None:
    bare = replace(SITE, flows=(), streams=(), devices=())
    assert view_flows(bare, replace(DECISION, placements=())) is None
