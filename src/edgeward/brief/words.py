"""Words that several documents use; what nobody declared is said to be unknown."""

from __future__ import annotations

from datetime import date

from edgeward.brief.subject import UNKNOWN, Case
from edgeward.facts.connection import SECURED, UNDECLARED, NetworkFlow
from edgeward.facts.host import CLOUD
from edgeward.figures import format_figure
from edgeward.finding import Finding
from edgeward.quantity import Quantity
from edgeward.report.unsettled import stands_in
from edgeward.report.view import Labelled
from edgeward.report.wording import count, say_tier
from edgeward.site import Site, Stream, Waiver
from edgeward.use_case import UseCase


def labelled(*rows: tuple[str, str]) -> tuple[Labelled, ...]:
    """Lines with a label, those without text left out."""
    return tuple(Labelled(label, text) for label, text in rows if text)


def say_figure(quantity: Quantity | None, unit: str = "") -> str:
    """A number with its unit, or that it is unknown."""
    figure = UNKNOWN if quantity is None else format_figure(quantity)
    return figure if figure == UNKNOWN or not unit else f"{figure} {unit}"


def say_place(case: Case) -> str:
    """Where it runs: `device line2-gpu`, or why nowhere."""
    if case.placement is not None:
        return say_tier(case.placement.inference_tier, case.placement.device)
    if case.withheld is not None and case.withheld.why == "no_tier":
        return "nowhere: no place is permitted"
    return "nowhere yet: something must be known first"


def say_model(site: Site, use_case: UseCase) -> str:
    model = use_case.model
    if model is None:
        return UNKNOWN
    if stands_in(site, use_case):
        return f"not chosen; {model.name} stands in for its size and speed"
    version = model.version or "version not declared"
    return ", ".join(filter(None, (model.name, version, model.precision)))


def say_path(path: str) -> str:
    """A path of a declaration in words: `assets.haul_truck.count` is "count of haul truck"."""
    *above, key = path.split(".")
    words = key.replace("_", " ")
    return f"{words} of {above[-1].replace('_', ' ')}" if above else words


def say_leaving(stream: Stream) -> str:
    """In what form a stream leaves the plant, how much of it, and why."""
    leaves = stream.leaves
    if leaves is None:
        return "stays in the plant"
    share = f"{format_figure(leaves.share.scaled(100))} % of it " if leaves.share.bounded else ""
    form = _FORMS.get(leaves.form or "", "as what is not said")
    why = f", for: {leaves.because}" if leaves.because else ""
    if not why and leaves.form in _HAS_TO_SAY_WHY:
        why = ", what for is not declared"
    return f"{share}leaves the plant {form}{why}"


_FORMS = {
    "summary": "as averages and counts",
    "features": "as numbers made from it",
    "exceptions": "as it is, the odd or doubtful ones",
    "anonymised": "without people in it",
    "raw": "as it is",
}
_HAS_TO_SAY_WHY = ("anonymised", "raw")


def say_flow(flow: NetworkFlow) -> str:
    """`line2-gpu to the cloud, https 443, encrypted`, or that nobody said how."""
    ends = f"{_end(flow.source)} to {_end(flow.target)}"
    if flow.protocol == UNDECLARED:
        return f"{ends}, how is not declared"
    port = "port unknown" if flow.port is None else str(flow.port)
    return f"{ends}, {flow.protocol} {port}, {SECURED[flow.encryption]}"


def _end(name: str) -> str:
    return "the cloud" if name == CLOUD else name


def say_waiver(waiver: Waiver, today: date) -> str:
    """A waiver with the days that are left of it, and who answers for it."""
    days = None if waiver.expires is None else (date.fromisoformat(waiver.expires) - today).days
    if days is None:
        left = "without a date"
    elif days < 0:
        left = f"expired {waiver.expires}"
    else:
        left = f"until {waiver.expires}, {count(days, 'day')} left"
    by = f"; owner {waiver.owner or UNKNOWN}, approved by {waiver.approved_by or UNKNOWN}"
    return f"{waiver.rule} at {waiver.at}: {waiver.because or 'no reason given'} ({left}){by}"


def say_findings(findings: tuple[Finding, ...]) -> str:
    """What counts against it, in a sentence."""
    counting = [each for each in findings if each.counts]
    if not counting:
        return ""
    more = f" (and {count(len(counting) - 1, 'more finding')})" if len(counting) > 1 else ""
    return f"{counting[0].message} [{counting[0].rule}]{more}"
