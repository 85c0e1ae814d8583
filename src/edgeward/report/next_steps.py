"""What people still have to do for what was placed."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.finding import Finding, Severity
from edgeward.report.unsettled import (
    STANDING_IN,
    WHICH_MODEL,
    class_stands_in,
    say_unsaid,
    say_unsettled,
)
from edgeward.report.view import DateRow
from edgeward.report.wording import begin_sentence, count
from edgeward.result import PlantResult
from edgeward.site import Assumption, Device, Site
from edgeward.use_case import UseCase

_MOST_REMEDIES = 3


def list_next_steps(site: Site, plant: PlantResult, dates: tuple[DateRow, ...]) -> Iterator[str]:
    """Sentences, the most urgent first; none for a plant without a placement."""
    if plant.decision is None or not plant.decision.placements:
        return
    used = {each.device for each in plant.decision.placements}
    bought = [each for each in site.devices if each.owned is False and each.name in used]
    told = {f"devices.{each.name}.class" for each in bought}
    for each in site.assumptions:
        # Whom to ask about a zone is told by the finding that it is not declared.
        if each.one_of and each.at not in told and not each.at.endswith(".zone"):
            yield _say_choosing(site, each)
    doubted = {each.device for each in plant.decision.placements if each.stated_rules}
    for device in bought:
        yield _say_buying(site, device, device.name in doubted)
    for severity, until in (
        (Severity.ERROR, "before it runs"),
        (Severity.WARNING, "before it is relied on"),
    ):
        found = [each for each in plant.findings if each.severity is severity and not each.waiver]
        if found:
            settle = f"Settle {count(len(found), severity.value)} {until}, listed under Findings."
            yield " ".join((settle, *_few_remedies(found)))
    for finding in (each for each in plant.findings if each.severity is Severity.INFO):
        yield f"{begin_sentence(finding.message)}."
    placed = {each.use_case for each in plant.decision.placements}
    for case in (each for each in site.use_cases if each.name in placed):
        yield from _say_settling(site, case)
    if dates:
        what = dates[0].what
        yield f"By {dates[0].day}, {dates[0].who}: {what}{'' if what.endswith('?') else '.'}"
    if not plant.has_lock:
        yield f"Commit the decision: `edgeward decide {site.name}`."


def _say_settling(site: Site, case: UseCase) -> Iterator[str]:
    """What the file has a key for, and what only people can settle between them."""
    unsettled = (*say_unsettled(site, case), *say_unsaid(case))
    left = [each for each in unsettled if each != WHICH_MODEL]
    who = case.owner or "its owner"
    written = ", ".join(f"{what} ({key})" for what, key in left if key)
    if written:
        yield f"Before {case.name} is relied on, {who} has to write into its file {written}."
    spoken = ", ".join(what for what, key in left if not key)
    yield f"And has to settle with those concerned, for it has no place in the file: {spoken}."


def _few_remedies(findings: list[Finding]) -> Iterator[str]:
    """The first sentence of each remedy, where they are few."""
    remedies = dict.fromkeys(each.remedy.partition(". ")[0] for each in findings)
    if len(remedies) <= _MOST_REMEDIES:
        yield from (f"{each.removesuffix('.')}." for each in remedies if each)


def _say_buying(site: Site, device: Device, doubted: bool) -> str:
    """What was weighed, and how to try another class; measured first where it may not suffice."""
    after = ", once the model was measured on one that is lent" if doubted else ""
    until = STANDING_IN if class_stands_in(site, device) else ""
    tried = _say_trying(site, f"devices.{device.name}.class")
    return (
        f"Buy {device.name}{after}, see the hardware list: {device.class_name} was weighed{until}; "
        f"{tried}."
    )


def _say_trying(site: Site, path: str) -> str:
    tried = f"edgeward explain {site.name} --if {path}=NAME"
    return f"`{tried}` tells whether another will do, and typed as it stands which there are"


def _say_choosing(site: Site, assumption: Assumption) -> str:
    """What to choose; of a model that stands in, only its size and speed are meant."""
    _section, item, *keys = assumption.at.removesuffix(".name").split(".")
    what = f"the {keys[-1]} for {item}" if keys else f"`{assumption.at}`"
    first, *more = assumption.one_of
    others = f"{f'one of {1 + len(more)}' if more else first} stands in"
    if "model" in keys:
        what, others = f"{what}, or have one made", f"{others} for its size and speed"
    who = f" ({assumption.owner})" if assumption.owner else ""
    tried = _say_trying(site, assumption.at)
    return f"Choose {what}{who}; until then {others}. {begin_sentence(tried)}."
