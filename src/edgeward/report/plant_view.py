"""The page of one plant."""

from __future__ import annotations

from datetime import date

from edgeward.bundle.bundle import Bundle
from edgeward.decision import Decision
from edgeward.figures import format_figure
from edgeward.finding import Finding, Severity
from edgeward.report.assumption_view import view_assumptions
from edgeward.report.backlog_view import view_backlogs
from edgeward.report.calendar_view import view_calendar
from edgeward.report.cost_view import view_money
from edgeward.report.dates_view import view_dates
from edgeward.report.duration import format_duration, format_hours
from edgeward.report.explain import explain_status
from edgeward.report.flow_view import view_flows
from edgeward.report.next_steps import list_next_steps
from edgeward.report.plant_page import (
    AssumptionRow,
    BundleView,
    DeviceRow,
    FileRow,
    FindingRow,
    PlantPage,
    ResourceRow,
    UseCaseView,
    WithheldView,
)
from edgeward.report.told import untold_findings
from edgeward.report.use_case_view import view_placement, view_withheld
from edgeward.report.view import Badge, Labelled, LinkGroup
from edgeward.report.wording import (
    LINK_WORDS,
    STATUS_WORDS,
    cloud_resources_by_type,
    count,
)
from edgeward.result import PlantResult
from edgeward.site import Device, Site


def view_plant(plant: PlantResult, today: date, documents: tuple[LinkGroup, ...]) -> PlantPage:
    """Everything that the page of a plant shows."""
    site, decision = plant.site, plant.decision
    resources = _resources(plant)
    untold = untold_findings(plant)
    assumptions = view_assumptions(site, decision) if site and decision else ()
    dates = view_dates(site, today) if site else ()
    return PlantPage(
        name=plant.name,
        title=(site.title if site else None) or plant.name,
        badge=Badge(plant.status.value, STATUS_WORDS[plant.status]),
        summary=explain_status(plant),
        facts=_facts(site) if site else (),
        devices=_devices(site, decision) if site else (),
        plant_summary=_say_plant(site) if site else "",
        problems=tuple(str(problem) for problem in plant.problems),
        use_cases=_use_cases(site, decision),
        withheld=_withheld(site, decision, plant.findings),
        assumptions=assumptions,
        assumptions_summary=_say_assumptions(assumptions),
        next_steps=tuple(list_next_steps(site, plant, dates)) if site else (),
        findings=tuple(_finding(each) for each in untold),
        findings_summary=_summarise(plant.findings, len(untold)),
        cloud=_say_cloud(plant, sum(row.number for row in resources)),
        resources=resources,
        edge=_say_edge(plant),
        bundles=tuple(_bundle(bundle) for bundle in plant.bundles),
        backlogs=tuple(view_backlogs(plant.bundles)),
        money=view_money(plant.cost),
        lock=_say_lock(plant),
        stale=plant.stale,
        documents=documents,
        dates=dates,
        calendar=view_calendar(site) if site else None,
        flows=view_flows(site, decision) if site and decision else None,
    )


def _use_cases(site: Site | None, decision: Decision | None) -> tuple[UseCaseView, ...]:
    if site is None or decision is None:
        return ()
    return tuple(view_placement(site, each) for each in decision.placements)


def _withheld(
    site: Site | None, decision: Decision | None, findings: tuple[Finding, ...]
) -> tuple[WithheldView, ...]:
    if site is None or decision is None:
        return ()
    return tuple(view_withheld(site, each, findings) for each in decision.withheld)


def _facts(site: Site) -> tuple[Labelled, ...]:
    link = site.connectivity
    facts = {
        "Link to the cloud": LINK_WORDS[link.tier] if link.tier else "unknown",
        "Worst outage": format_hours(link.worst_outage_hours),
        "Round trip at the tail": format_duration(link.rtt_p99_ms),
        "Uplink": f"{format_figure(link.uplink_mbps)} Mbit/s" if link.uplink_mbps.bounded else None,
        "Cloud region": site.cloud.region,
        "Data stays in": ", ".join(site.cloud.residency),
        "Owner": site.owner,
        "Time zone": site.timezone,
    }
    return tuple(Labelled(label, text) for label, text in facts.items() if text)


def _say_plant(site: Site) -> str:
    tier = site.connectivity.tier
    link = LINK_WORDS[tier] if tier else "an unknown link"
    boxes = [each for each in site.devices if each.class_name]
    return f"{count(len(boxes), 'device')} behind {link}."


def _say_assumptions(rows: tuple[AssumptionRow, ...]) -> str:
    if not rows:
        return "None: every number that was needed is known."
    declared = sum(row.declared for row in rows)
    more = f", {len(rows) - declared} more not known exactly" if declared < len(rows) else ""
    matter = sum(row.matters for row in rows)
    hang = f"a decision hangs on {matter} alone" if matter else "no decision hangs on one alone"
    return f"{count(declared, 'value')} assumed{more}; {hang}."


def _devices(site: Site, decision: Decision | None) -> tuple[DeviceRow, ...]:
    placements = decision.placements if decision else ()
    return tuple(
        _device(device, tuple(each.use_case for each in placements if each.device == device.name))
        for device in site.devices
    )


def _device(device: Device, runs: tuple[str, ...]) -> DeviceRow:
    boxes = format_figure(device.boxes)
    return DeviceRow(
        name=device.name,
        tier=device.tier or "not said",
        class_name=device.class_name or "not said",
        boxes=f"{boxes} for each {device.per}" if device.per else boxes,
        owned={True: "in the plant", False: "to be bought", None: "not said"}[device.owned],
        run_by=(device.run_by.team if device.run_by else None) or "not said",
        runs=", ".join(runs) or "nothing",
    )


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        severity=finding.severity.value,
        rule=finding.rule,
        message=finding.message,
        place=f"{finding.file}:{finding.line}:{finding.column}",
        path=finding.path,
        remedy=finding.remedy,
        waiver=finding.waiver or "",
    )


def _summarise(findings: tuple[Finding, ...], here: int) -> str:
    if not findings:
        return "None: every rule that applies is met."
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    numbers = {each: sum(f.severity is each for f in findings) for each in words}
    said = ", ".join(count(number, words[each]) for each, number in numbers.items() if number)
    waived = sum(finding.waiver is not None for finding in findings)
    said += f"; {waived} waived" if waived else ""
    above = len(findings) - here
    return f"{said}; {above} of them with the use cases above." if above else f"{said}."


def _say_cloud(plant: PlantResult, number: int) -> str | None:
    if plant.graph is None:
        return None
    if number:
        return f"{count(number, 'resource')} in {plant.graph.region or 'no region'}."
    return f"None: {plant.graph.empty_because}." if plant.graph.empty_because else "None."


def _resources(plant: PlantResult) -> tuple[ResourceRow, ...]:
    by_type = cloud_resources_by_type(plant.graph) if plant.graph else {}
    return tuple(ResourceRow(kind, len(names), names) for kind, names in by_type.items())


def _say_edge(plant: PlantResult) -> str | None:
    if plant.graph is None and not plant.bundles:
        return None
    if not plant.bundles:
        return "None: no device has anything to run or to send."
    on_linux = [
        any("etc/systemd/" in file.path for file in bundle.files) for bundle in plant.bundles
    ]
    some = "" if all(on_linux) else "some "
    linux = f", {some}for Linux with systemd" if any(on_linux) else ""
    bundles = count(len(plant.bundles), "bundle")
    return f"{bundles}, one for each box{linux}; manifest.json in it lists what the box needs."


def _bundle(bundle: Bundle) -> BundleView:
    size = _say_size(sum(len(file.content) for file in bundle.files))
    return BundleView(
        name=bundle.name,
        summary=f"{count(len(bundle.files), 'file')}, {size}",
        files=tuple(
            FileRow(file.path, f"{file.mode:04o}", _say_size(len(file.content)))
            for file in bundle.files
        ),
    )


def _say_size(size: int) -> str:
    return f"{size} B" if size < 1000 else f"{size / 1000:.1f} kB"


def _say_lock(plant: PlantResult) -> str:
    if plant.decision is None:
        return ""
    if not plant.has_lock:
        return "No decision has been committed for this plant yet."
    if plant.stale:
        return "The committed decision is out of date. Deciding again would differ:"
    return "The decision written beside the plant's file is the one on this page."
