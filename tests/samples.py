"""A small plant with a decision, for tests that need one; `replace` what a test is about."""

from __future__ import annotations

from edgeward.catalog import Catalog
from edgeward.decision import Alternative, Block, Decision, Ledger, Pattern, Placement, Term
from edgeward.quantity import ZERO, exact, unknown
from edgeward.site import (
    Arrives,
    Cloud,
    Connectivity,
    Device,
    Flow,
    Lan,
    Leaves,
    Reserved,
    Site,
    Stream,
    Window,
    Windows,
    Zone,
)
from edgeward.use_case import Absent, Latency, ModelReference, Training, UseCase, Write

CONNECTIVITY = Connectivity(
    tier="best_effort_wan",
    uplink_mbps=exact(50),
    downlink_mbps=exact(200),
    share_for_ml=exact(0.5),
    rtt_p99_ms=exact(120),
    typical_outage_minutes=exact(20),
    worst_outage_hours=exact(8),
    outages_per_month=exact(2),
    usd_per_gb=ZERO,
    usd_per_minute=ZERO,
)

GATEWAY = Device(
    name="line2-gpu",
    class_name="ipc_gpu_lineside",
    tier="device",
    boxes=exact(1),
    spares=ZERO,
    reserved=Reserved(ram_mb=exact(4096), storage_mb=ZERO),
    ambient_c_max=exact(45),
    zone="line-2",
    runtime="compose",
    identity="csr",
    owned=True,
    other_software=(),
)

FRAMES = Stream(
    name="cap-frames",
    kb=exact(1600),
    arrives=Arrives(kind="periodic", period_ms=exact(100), phase="synchronised"),
    hours_per_week=exact(80),
    retention_days=exact(30),
    at="line2-gpu",
    zone="line-2",
    protocol="gige_vision",
    leaves=Leaves(form="features", share=exact(0.01), kb=exact(40), because="hard examples"),
    sensitivity="internal",
    personal_data="none",
)

MONTHLY = Training(unknown("labels_per_release"), unknown("label_seconds"), cadence="monthly")

CAP_CHECK = UseCase(
    name="cap-check",
    latency=Latency(
        budget_ms=exact(60),
        late_allowed=exact(0.0001),
        path_ms={"exposure": exact(2), "actuator": exact(4)},
        measured_end_to_end_ms={},
        start="camera trigger",
        end="valve energised",
    ),
    stage="pilot",
    owner="ml-vision@example.com",
    action="Blow the bottle off the belt",
    kind="inspection",
    criticality="quality",
    scope="line",
    authority="actuates",
    reads=("cap-frames",),
    writes=(Write(to="plc-2", protocol="opcua", port=exact(4840)),),
    model=ModelReference(name="yolo11s", version="1.0.0", precision="int8"),
    training=MONTHLY,
    absent=Absent(do="human", lasts_hours=exact(4), within_ms=exact(60), cost_per_hour=exact(210)),
)

SITE = Site(
    name="bottling-brno",
    file="sites/bottling-brno/site.yaml",
    title="Filler line 2",
    owner="plant-it@example.com",
    timezone="Europe/Prague",
    labels={"cost_centre": "4711"},
    cloud=Cloud(region="eu-central-1", residency=("eu",)),
    connectivity=CONNECTIVITY,
    lan=Lan(rtt_p99_ms=exact(4), mbps=exact(1000)),
    windows=Windows(
        maintenance=(Window(start="06:00", duration_hours=exact(4), days=("sun",)),),
        sync=(Window(start="22:00", duration_hours=exact(2)),),
    ),
    zones=(Zone(name="line-2", level=exact(2), security_level=exact(2)),),
    devices=(GATEWAY,),
    streams=(FRAMES,),
    flows=(Flow(source="line2-gpu", to="scada", protocol="opcua", port=exact(4840)),),
    use_cases=(CAP_CHECK,),
    origins={},
)

LEDGER = Ledger(
    terms=(
        Term("path", exact(6), exact(6), "declared", "exposure 2, actuator 4"),
        Term("inference", exact(9), exact(7), "catalog"),
    ),
    bound_ms=exact(15),
    median_ms=exact(13),
)

PLACEMENT = Placement(
    use_case="cap-check",
    stage="pilot",
    inference_tier="device",
    device="line2-gpu",
    training_tier="cloud",
    pattern=Pattern.EDGE_SCORE_CLOUD_ENRICH,
    fallback="human",
    ledger=LEDGER,
    budget_ms=exact(60),
    usd_per_month=exact(12),
    reason="the only permitted tier",
    alternatives=(
        Alternative("device", "line2-gpu", True, (), exact(12), LEDGER, ()),
        Alternative(
            "cloud",
            "cloud",
            False,
            (Block("placement.latency_fits", "900 ms at the tail, the action can wait 60 ms"),),
            exact(340),
            LEDGER,
            (),
        ),
    ),
)

CATALOG = Catalog({}, {}, {}, {}, {})

DECISION = Decision(
    site="bottling-brno", placements=(PLACEMENT,), withheld=(), inputs_digest="sha256:0"
)
