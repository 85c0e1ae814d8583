"""From verdicts and a decision to findings: what somebody has to read, and the line to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from edgeward.decision import Alternative, Decision, Placement, Withheld
from edgeward.finding import Finding, Severity
from edgeward.place.permit import settle
from edgeward.policy.message import format_facts, locate, render_message
from edgeward.policy.rule import Rule
from edgeward.site import Site
from edgeward.subjects import Subject
from edgeward.use_case import Stage
from edgeward.verdict import Outcome, Verdict

READINESS = "readiness.known"
"""The rule id of findings that say what is missing; it is not a rule that anybody can waive."""

_SAY_IT = (
    "Write it there, and take out what is assumed of it; or assume it: an entry under "
    "`assumptions` with `at` and that path, `range` or `one_of`, because, owner and review_by."
)
_DECLARED = ("device", "stream", "use_case")


def verdict_findings(
    site: Site,
    rules: Mapping[str, Rule],
    subjects: Mapping[str, Sequence[Subject]],
    verdicts: Iterable[Verdict],
) -> tuple[Finding, ...]:
    """One for each verdict that fails, or that a number nobody knows leaves open."""
    by_id = {(kind, each.id): each for kind, group in subjects.items() for each in group}
    found = []
    for verdict in verdicts:
        rule = rules[verdict.rule]
        subject = by_id[rule.subject, verdict.subject]
        outcome = settle(verdict, _stage(site, subject))
        if outcome is Outcome.FAIL:
            found.append(_finding(site, rule, subject, verdict, render_message(rule, verdict)))
        elif outcome is Outcome.UNKNOWN:
            title = f"{rule.title[0].lower()}{rule.title[1:]}"
            message = f"not known: {title}; it depends on {_rests_on(rule, subject, verdict)}"
            found.append(_finding(site, rule, subject, verdict, message))
    return tuple(found)


def _rests_on(rule: Rule, subject: Subject, verdict: Verdict) -> str:
    """The numbers by their paths, and a choice that nobody made by its own word.

    What was computed from several choices (its name has a dot, or its subject is none that people
    declare) has no such word: there it is the place that the finding points to.
    """
    unstated = {path for path, fact in verdict.facts.items() if fact is None}
    unstated |= {path for path in rule.applies_when if attrgetter(path)(subject) is None}
    words = sorted(path for path in unstated if "." not in path)
    if rule.subject not in _DECLARED or not words:
        return ", ".join(sorted(verdict.rests_on)) or locate(rule, subject)
    place = {locate(rule, subject)} if len(words) == len(unstated) else set()
    return ", ".join([*sorted(verdict.rests_on - place), *words])


def withheld_findings(
    site: Site, decision: Decision, rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """What is missing of each use case that is not ready; every block of one placed nowhere."""
    found: list[Finding] = []
    for each in decision.withheld:
        found += _missing(site, each) if each.why == "not_ready" else _blocked(site, each, rules)
    return tuple(found)


def placed_warnings(
    decision: Decision, rules: Mapping[str, Rule], verdicts: Iterable[Verdict]
) -> tuple[Verdict, ...]:
    """The verdicts of warning rules on the candidates that were chosen."""
    chosen = {_candidate_id(each) for each in decision.placements}
    return tuple(
        verdict
        for verdict in verdicts
        if verdict.subject in chosen and rules[verdict.rule].severity is not Severity.ERROR
    )


def _finding(site: Site, rule: Rule, subject: Subject, verdict: Verdict, message: str) -> Finding:
    found = _place(
        site, rule.id, locate(rule, subject), message, getattr(subject, "use_case", None)
    )
    return replace(
        found,
        severity=rule.severity,
        title=rule.title,
        subject=subject.id,
        numbers=format_facts(verdict.facts),
        remedy=rule.remediation,
    )


def _missing(site: Site, withheld: Withheld) -> list[Finding]:
    return [
        replace(
            _place(
                site,
                READINESS,
                each.path,
                f"{withheld.use_case} is not ready, missing: {each.what}",
                withheld.use_case,
            ),
            title="What decides is stated",
            subject=f"{withheld.use_case}: {each.what}",
            remedy=_SAY_IT,
        )
        for each in withheld.missing
    ]


def _blocked(site: Site, withheld: Withheld, rules: Mapping[str, Rule]) -> list[Finding]:
    blocks = [
        (block.rule, f"{_where(alternative)}: {block.message}", _id(alternative))
        for alternative in withheld.alternatives
        for block in alternative.blocks
    ]
    blocks += [(block.rule, block.message, "training") for block in withheld.training_blocks]
    path, name = f"use_cases.{withheld.use_case}", withheld.use_case
    return [
        replace(
            _place(site, rule, path, f"{name} cannot run in {message}", name),
            title=rules[rule].title if rule in rules else "",
            subject=f"{name}@{where}",
            remedy=rules[rule].remediation if rule in rules else "",
        )
        for rule, message, where in blocks
    ]


def _place(site: Site, rule: str, path: str, message: str, use_case: str | None) -> Finding:
    origin = site.origin(path)
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        message=message,
        path=path,
        file=origin.file,
        line=origin.line,
        column=origin.column,
        site=site.name,
        use_case=use_case,
    )


def _id(alternative: Alternative) -> str:
    return f"{alternative.tier}:{alternative.device}"


def _where(alternative: Alternative) -> str:
    if alternative.tier == "cloud":
        return "the cloud"
    return f"the {alternative.tier} tier ({alternative.device})"


def _candidate_id(placement: Placement) -> str:
    return f"{placement.use_case}@{placement.inference_tier}:{placement.device}"


def _stage(site: Site, subject: Subject) -> Stage:
    """The stage of a subject's use case; for what several share, the latest of the plant."""
    name = getattr(subject, "use_case", None)
    stages = {each.name: each.stage or "draft" for each in site.use_cases}
    if name in stages:
        return stages[name]
    return "production" if "production" in stages.values() else "pilot"
