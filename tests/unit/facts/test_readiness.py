"""What has to be known before anything is decided, said at the place that the answer goes to."""

from __future__ import annotations

import pytest

from edgeward.declare.plant import PlantSource, bind_site, read_plant
from edgeward.declare.workspace import load_workspace
from edgeward.facts.readiness import missing_for

_PLANT = """\
apiVersion: edgeward/v1alpha1
kind: Site
name: plant
connectivity: {LINK}
devices: [{name: box, class: CLASS, tier: device}]
streams: [{name: pictures, at: box, kb: 500, arrives: {every_ms: 1000}, sensitivity: internal}]
use_cases:
  - name: check
    owner: ml@example.com
    action: light a lamp
    reads: [pictures]
    latency: {budget_ms: 2000}
    model: {name: yolo11n}
    updates: {cadence: monthly}
    rollback: {when: {metric: missed}}
    outcome: {measure: complaints}
"""


@pytest.fixture
def missing(tmp_path):
    (tmp_path / "sites").mkdir()
    workspace = load_workspace(tmp_path)

    def of(link="tier: best_effort_wan", box="ipc_gpu_lineside"):
        text = _PLANT.replace("LINK", link).replace("CLASS", box)
        source = read_plant(text.encode(), "sites/plant/site.yaml", "plant", workspace.layers)
        assert isinstance(source, PlantSource), source
        site = bind_site(source, workspace.catalog)
        return {
            each.path: each.what for each in missing_for(site, site.use_cases[0], workspace.catalog)
        }

    return of


def test_nothing_is_missing_where_all_is_said(missing):
    assert missing() == {}


def test_a_link_without_its_kind_is_asked_for_its_kind(missing):
    """It gives every number of the link a plausible range, where nobody knows an outage."""
    assert list(missing(link="uplink_mbps: 50")) == ["connectivity.tier"]
    assert missing(link="worst_outage_hours: 8") == {}


def test_a_class_of_unknown_memory_is_named(missing):
    found = missing(box="gateway_generic_arm")
    what = "the memory that a device has for it; the catalog has none of gateway_generic_arm"
    assert found == {"devices": what}
    kind = "what kind of box it is, for its memory"
    assert missing(box="unknown") == {"devices.box.class": kind}
