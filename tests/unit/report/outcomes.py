"""One finished plant of each status, for tests of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from edgeward.bundle.bundle import Bundle
from edgeward.bundle.render import BundleFile
from edgeward.bundle.sizing import Sizing, StreamQuota
from edgeward.decision import Alternative, Block, Decision, Flip, Ledger, Missing, Term, Withheld
from edgeward.errors import Problem
from edgeward.finding import Finding, Severity
from edgeward.findings import READINESS
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.quantity import between, exact, unknown
from edgeward.report.html import render_html
from edgeward.report.view import Links
from edgeward.result import PlantResult, RunResult
from edgeward.site import Assumption, Origin
from tests.samples import CAP_CHECK, DECISION, LEDGER, PLACEMENT, SITE

RTT = "connectivity.rtt_p99_ms"

FINDING = Finding(
    rule="placement.evidence_measured",
    severity=Severity.WARNING,
    message="measured on this class: no",
    path="use_cases.cap-check.model",
    file="sites/bottling-brno/site.yaml",
    line=14,
    column=9,
    site="bottling-brno",
    use_case="cap-check",
    numbers={"evidence.measured": "no"},
    remedy="Run the model on this class of device under its full load.",
)
ERROR = replace(FINDING, rule="governance.approver_not_owner", severity=Severity.ERROR, line=40)
NOTE = replace(FINDING, rule="placement.tier_usual", severity=Severity.INFO, line=3, message="so")

UNCERTAIN = Ledger(
    terms=(
        Term("network", between(80, 900, RTT, 300), exact(60), "declared", "link to the cloud"),
        Term("inference", unknown("models.m"), unknown("models.m"), "assumed"),
    ),
    bound_ms=between(80, 900, RTT, 300) + unknown("models.m"),
    median_ms=exact(60) + unknown("models.m"),
)

FRAGILE = replace(
    PLACEMENT,
    fragile=(Flip(RTT, 900, "no tier permitted"),),
    rests_on=(RTT, "latency.inference_ms"),
)

BLOCKED = Withheld(
    "cap-check",
    "no_tier",
    alternatives=(
        Alternative(
            "device",
            "line2-gpu",
            False,
            (Block("placement.ram_fits", "900 MB of memory needed, 400 MB there"),),
            exact(12),
            LEDGER,
            (),
        ),
        Alternative("cloud", "cloud", None, (), unknown("p"), UNCERTAIN, (RTT,)),
    ),
    training_blocks=(Block("placement.training_data_may_leave", "the data may not leave"),),
)

MISSING = Withheld(
    "cap-check",
    "not_ready",
    missing=(
        Missing("use_cases.cap-check.action", "the physical action"),
        Missing("use_cases.cap-check.owner", "who owns it"),
    ),
)


def _resource(type_: str, name: str, custom: bool = True) -> CapturedResource:
    return CapturedResource(f"urn:pulumi:s::p::{type_}::{name}", type_, name, None, custom, {})


GRAPH = ResourceGraph(
    "bottling-brno",
    "eu-central-1",
    (
        _resource("pulumi:pulumi:Stack", "p-s", custom=False),
        _resource("pulumi:providers:aws", "aws"),
        _resource("edgeward:index:Landing", "landing", custom=False),
        _resource("aws:s3/bucket:Bucket", "landing"),
        _resource("aws:iot/thing:Thing", "line3"),
        _resource("aws:iot/thing:Thing", "line2"),
    ),
)

BUNDLE = Bundle(
    "bottling-brno",
    "line2-gpu",
    "line2-gpu-1",
    (
        BundleFile("etc/edgeward.conf", 0o640, b"x" * 1500),
        BundleFile("manifest.json", 0o644, b"{}"),
    ),
    Sizing(
        outage_hours=8,
        messages=2880,
        bytes=115_200_000,
        alarm_bytes=92_160_000,
        queue_bytes=115_200_000,
        spool_bytes=0,
        drain_hours=2,
        drain_two_hours=4,
        drain_all_hours=12,
        streams=(
            StreamQuota(
                name="cap-frames",
                form="exceptions",
                because="labels",
                order="arrival",
                reduced_by="use_cases.cap-check",
                priority=1,
                quota_mb=115.2,
                messages=2880,
                uploaded=False,
            ),
        ),
    ),
)

DECIDED = PlantResult(
    "bottling-brno",
    site=replace(
        SITE,
        assumptions=(
            Assumption(RTT, 60, 900, (), "seen once", "it@example.com", "2027-03-31"),
            Assumption("cloud.region", None, None, ("a", "b"), None, None, None),
        ),
    ),
    decision=replace(DECISION, placements=(FRAGILE,)),
    findings=(NOTE, FINDING, replace(FINDING, line=20)),
    graph=GRAPH,
    bundles=(BUNDLE,),
    has_lock=True,
    stale=("cap-check: tier is cloud in the lock, device now",),
)

WITH_FINDINGS = PlantResult(
    "finds",
    site=replace(SITE, name="finds", title=None),
    decision=DECISION,
    findings=(FINDING, ERROR, replace(ERROR, line=8, waiver="use_cases until 2027-01-31")),
)

NOT_READY = PlantResult(
    "vague",
    site=replace(
        SITE,
        name="vague",
        use_cases=(replace(CAP_CHECK, action=None),),
        origins={"use_cases.cap-check": Origin("sites/vague/site.yaml", 8, 5)},
    ),
    decision=Decision("vague", (), (MISSING,)),
    findings=(
        replace(FINDING, rule=READINESS, severity=Severity.ERROR, message="cap-check is not ready"),
    ),
    graph=ResourceGraph("vague", None, (), "nothing has a place"),
)

NO_TIER = PlantResult(
    "press",
    site=replace(SITE, name="press"),
    decision=Decision("press", (), (BLOCKED,)),
    findings=(
        replace(
            ERROR,
            rule="placement.ram_fits",
            path="use_cases.cap-check",
            message="cap-check cannot run in the device tier",
            remedy="Take a device with more memory.",
        ),
    ),
)

INVALID = PlantResult(
    "broken",
    problems=(Problem("sites/broken/site.yaml", 14, 9, "lan.mbps", 'write a number, not "fast"'),),
)

EVERY_STATUS = RunResult((DECIDED, WITH_FINDINGS, NOT_READY, NO_TIER, INVALID))


TODAY = date(2026, 11, 23)


def render(result: RunResult) -> Mapping[str, bytes]:
    """The report, without links to documents."""
    return render_html(result, TODAY, Links((), {}))


def run_with(text: str) -> RunResult:
    """A result in which everything that a person or a rule wrote is `text`."""
    use_case = replace(CAP_CHECK, action=text, owner=text)
    placement = replace(FRAGILE, reason=text, fallback=text, fragile=(Flip(text, text, text),))
    site = replace(
        SITE,
        title=text,
        owner=text,
        use_cases=(use_case,),
        assumptions=(Assumption(text, 1, 2, (), text, text, "2027-03-31"),),
    )
    finding = replace(FINDING, message=text, path=text, file=text, remedy=text, waiver=text)
    decided = replace(
        DECIDED,
        site=site,
        decision=replace(DECISION, placements=(placement,)),
        findings=(finding,),
        stale=(text,),
    )
    broken = PlantResult(text, problems=(Problem(text, 1, 1, text, text),))
    return RunResult((decided, broken))
