"""The plain words that every report uses for the choices that edgeward makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from edgeward.decision import Flip, Pattern
from edgeward.figures import format_number
from edgeward.finding import Finding, Severity
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.result import Report, Status
from edgeward.site import LinkTier

STATUS_WORDS: Mapping[Status, str] = {
    Status.INVALID: "invalid",
    Status.NO_TIER: "no tier permitted",
    Status.NOT_READY: "not ready",
    Status.FINDINGS: "findings",
    Status.DECIDED: "decided",
}

PATTERN_WORDS: Mapping[Pattern, str] = {
    Pattern.SCHEDULED_SYNC: "scheduled sync",
    Pattern.EDGE_SCORE_CLOUD_ENRICH: "score and enrich",
    Pattern.DUAL_PATH: "dual path",
    Pattern.LOCAL_ONLY: "local only",
    Pattern.CLOUD_ONLY: "cloud only",
    Pattern.CLOUD_HUMAN: "cloud and a person",
}

LINK_WORDS: Mapping[LinkTier, str] = {
    "always_on_fiber": "always-on fiber",
    "best_effort_wan": "best-effort WAN",
    "intermittent_cellular": "intermittent cellular",
    "offline_first": "offline first",
}

_SEVERITIES = tuple(Severity)


def summarise(result: Report) -> str:
    """`10 plants: 8 decided, 1 not ready, 1 no tier permitted`."""
    return say_counts(Counter(plant.status for plant in result.plants))


def say_counts(statuses: Counter[Status]) -> str:
    """The same of how many plants ended how."""
    counts = ", ".join(
        f"{statuses[status]} {'with ' if status is Status.FINDINGS else ''}{STATUS_WORDS[status]}"
        for status in reversed(Status)
        if statuses[status]
    )
    plants = count(statuses.total(), "plant")
    return f"{plants}: {counts}" if counts else plants


def count_statuses(result: Report) -> tuple[tuple[Status, int], ...]:
    """How many plants ended how, the best status first."""
    counts = Counter(plant.status for plant in result.plants)
    return tuple((status, counts[status]) for status in reversed(Status))


def count(number: int, noun: str) -> str:
    """`1 plant`, `2 plants`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def well_formed(file: str) -> str:
    """A file's name without the bytes that are no text, which other programs refuse."""
    return file.encode(errors="surrogateescape").decode(errors="replace")


def begin_sentence(text: str) -> str:
    """With a capital letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def say_choice(choice: str) -> str:
    """A choice of the declaration as people say it: `safe_action` is "safe action"."""
    return choice.replace("_", " ")


def say_flip(flip: Flip, named: str) -> str:
    """What would be decided at another value of what is `named`."""
    value = say_choice(flip.value) if isinstance(flip.value, str) else format_number(flip.value)
    return f"with {named} at {value}: {flip.then}"


def say_tier(tier: str, device: str) -> str:
    """`device line2-gpu`, or `cloud`, which is its own device."""
    return tier if tier == device else f"{tier} {device}"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then by where they are; the same findings always come in the same order."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (
                _SEVERITIES.index(each.severity),
                each.file,
                each.line,
                each.column,
                each.rule,
                each.path,
                each.message,
            ),
        )
    )


def cloud_resources(graph: ResourceGraph) -> tuple[CapturedResource, ...]:
    """What would exist in the cloud: without components, the stack itself and providers."""
    return tuple(
        resource
        for resource in graph.resources
        if resource.custom and not resource.type.startswith("pulumi:")
    )


def cloud_resources_by_type(graph: ResourceGraph) -> Mapping[str, tuple[str, ...]]:
    """The names of the cloud's resources by type, as `s3 Bucket`; both sorted."""
    names: dict[str, list[str]] = {}
    for resource in cloud_resources(graph):
        package, _, kind = resource.type.rpartition(":")
        service = package.partition(":")[2].partition("/")[0]
        names.setdefault(f"{service} {kind}", []).append(resource.name)
    return {kind: tuple(sorted(names[kind])) for kind in sorted(names)}
