"""A plant from its declaration to its decision and findings: the middle of every verb.

Nothing here touches a file; a `Rulebook` and a bound site come in, an `Assessment` comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from edgeward.catalog import Catalog
from edgeward.decision import Decision, Placement
from edgeward.digest import digest
from edgeward.errors import NotEvaluated
from edgeward.facts.assignment import assignments, decision_subjects, link_subjects
from edgeward.facts.candidate import Weighed, weigh_candidates
from edgeward.facts.device import device_subjects
from edgeward.facts.flow import derive_flows, flow_subjects
from edgeward.facts.governance import (
    assumption_subjects,
    site_subjects,
    stream_subjects,
    use_case_subjects,
    waiver_subjects,
)
from edgeward.facts.price_age import price_subjects
from edgeward.facts.release import release_subjects
from edgeward.facts.resource import resource_facts
from edgeward.facts.training import training_candidates
from edgeward.finding import Finding
from edgeward.findings import placed_warnings, verdict_findings, withheld_findings
from edgeward.graph import ResourceGraph
from edgeward.place.decide import decide
from edgeward.place.open import Weighing
from edgeward.place.permit import group_by_subject
from edgeward.policy.judge import judge
from edgeward.policy.rule import RuleStage
from edgeward.rulebook import Rulebook
from edgeward.site import Site
from edgeward.subjects import Candidate, Subject
from edgeward.verdict import Outcome, Verdict
from edgeward.waivers import apply_waivers, used_waivers


@dataclass(frozen=True, slots=True)
class Assessment:
    """A plant with its decision and all that is to be said about it before anything is built."""

    site: Site
    decision: Decision
    findings: tuple[Finding, ...]


def assess(
    site: Site, catalog: Catalog, book: Rulebook, today: date, prior: Mapping[str, str]
) -> Assessment:
    """Decide for a plant and judge it by the permit and the assert rules.

    `prior` has the host of each use case in the committed decision (none: decide afresh).
    """
    decided = _decide(site, catalog, book, prior)
    decision = replace(decided.decision, inputs_digest=_digest_inputs(site, catalog, book))
    permitted = _permit_subjects(site, catalog, book, today)
    asserted: dict[str, Sequence[Subject]] = {
        "decision": decision_subjects(site, decision, catalog),
        "assignment": assignments(site, decision, decided.candidates),
        "link": link_subjects(site, decision),
        "flow": flow_subjects(site, derive_flows(site, decision.placements), catalog),
        "release": release_subjects(decision, decided.candidates, catalog, today),
        "price": price_subjects(decision, decided.candidates, catalog, today),
    }
    judged = _judge(book, "assert", asserted)
    _refuse_contradiction(decision, book, judged)
    verdicts = [
        *_judge(book, "permit", permitted),
        *judged,
        *placed_warnings(decision, book.rules, decided.verdicts),
    ]
    subjects = {
        **permitted,
        **asserted,
        "candidate": [each.candidate for each in decided.candidates],
    }
    findings = (
        *withheld_findings(site, decision, book.rules),
        *verdict_findings(site, book.rules, subjects, _news(verdicts, decision)),
    )
    return Assessment(site, decision, _with_waivers(site, book, findings, today, ("judge",)))


def _refuse_contradiction(decision: Decision, book: Rulebook, judged: Iterable[Verdict]) -> None:
    """The solver and its rules read the same numbers: a rule that fails is a defect, not a finding.

    With a pin it is a finding: a person chose the place.
    """
    if any(each.pinned for each in decision.placements):
        return
    for verdict in judged:
        if book.rules[verdict.rule].solver and verdict.outcome is Outcome.FAIL:
            raise NotEvaluated(
                f"{decision.site}: {verdict.rule} fails for {verdict.subject}, which the solver "
                "should never have chosen; please report this with the plant's file"
            )


def _news(verdicts: Iterable[Verdict], decision: Decision) -> Iterable[Verdict]:
    """Without what is not known of a use case whose missing items are listed anyway."""
    listed = {each.use_case for each in decision.withheld if each.why == "not_ready"}
    return (
        each
        for each in verdicts
        if each.outcome is not Outcome.UNKNOWN or each.subject not in listed
    )


def judge_graph(
    site: Site, book: Rulebook, graph: ResourceGraph, today: date
) -> tuple[Finding, ...]:
    """The findings of the cloud rules on a plant's resource graph."""
    subjects: dict[str, Sequence[Subject]] = {"resource": resource_facts(graph, site)}
    found = verdict_findings(site, book.rules, subjects, _judge(book, "judge", subjects))
    return _with_waivers(site, book, found, today, ("permit", "assert"))


def _with_waivers(
    site: Site,
    book: Rulebook,
    found: Sequence[Finding],
    today: date,
    other_stages: tuple[RuleStage, ...],
) -> tuple[Finding, ...]:
    """The findings with the waivers that cover them, and those about waivers that cover none."""
    not_judged = {rule.id for rule in book.rules.values() if rule.stage in other_stages}
    if "judge" not in other_stages:
        not_judged |= {waiver.rule for waiver in site.waivers if waiver.rule not in book.rules}
    subjects = {"used_waiver": used_waivers(site, found, not_judged)}
    unused = verdict_findings(site, book.rules, subjects, _judge(book, "assert", subjects))
    return apply_waivers(site, (*found, *unused), book.rules, today)


def decide_again(
    site: Site, catalog: Catalog, book: Rulebook, prior: Mapping[str, str]
) -> Decision:
    """Only the decision, for a plant that is a variant of another."""
    return _decide(site, catalog, book, prior).decision


def what_it_does(decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """What a decision does for each use case, to tell whether two are the same."""
    placed = {each.use_case: _does(each) for each in decision.placements}
    return placed | {each.use_case: (each.why,) for each in decision.withheld}


def _does(placement: Placement) -> tuple[str, ...]:
    return (
        placement.inference_tier,
        placement.device,
        placement.training_tier,
        placement.pattern.value,
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    decision: Decision
    candidates: tuple[Weighed, ...]
    verdicts: tuple[Verdict, ...]


def _decide(site: Site, catalog: Catalog, book: Rulebook, prior: Mapping[str, str]) -> _Decided:
    weighed = weigh_candidates(site, catalog, book.thresholds)
    training = training_candidates(site, catalog)
    candidates: list[Candidate] = [each.candidate for each in weighed]
    verdicts = _judge(book, "permit", {"candidate": candidates, "training_candidate": training})
    known = Weighing(
        site=site,
        catalog=catalog,
        policy=book.policy,
        candidates=weighed,
        training=training,
        verdicts=group_by_subject(verdicts),
        prior=live_hosts(site, prior),
    )
    return _Decided(decide(known), weighed, verdicts)


def live_hosts(site: Site, prior: Mapping[str, str]) -> Mapping[str, str]:
    """Of the committed hosts those of use cases that run there for real."""
    live = {each.name for each in site.use_cases if each.stage in ("pilot", "production")}
    return {name: host for name, host in prior.items() if name in live}


def _digest_inputs(site: Site, catalog: Catalog, book: Rulebook) -> str:
    """Over what the plant says and what it refers to; where it was written does not matter."""
    named = replace(site, origins={}, file="")
    models = {each.model.name for each in site.use_cases if each.model}
    runs = [run for name in models if name in catalog.models for run in catalog.models[name].runs]
    classes = {device.class_name for device in site.devices} | {run.class_name for run in runs}
    return digest(
        {
            "site": named,
            "classes": {k: v for k, v in catalog.device_classes.items() if k in classes},
            "models": {k: v for k, v in catalog.models.items() if k in models},
            "ranges": catalog.ranges,
            "prices": catalog.prices_in(site.cloud.region),
            "rules": book.digest,
        }
    )


def _permit_subjects(
    site: Site, catalog: Catalog, book: Rulebook, today: date
) -> dict[str, Sequence[Subject]]:
    unwaivable = {rule.id for rule in book.rules.values() if not rule.waivable}
    approvers = {*book.approvers, *book.code_owners.of(site.file)}
    return {
        "site": site_subjects(site, book.signing),
        "device": device_subjects(site, catalog),
        "use_case": use_case_subjects(site, catalog),
        "stream": stream_subjects(site),
        "assumption": assumption_subjects(site, today),
        "waiver": waiver_subjects(site, today, unwaivable, approvers),
    }


def _judge(
    book: Rulebook, stage: RuleStage, subjects: Mapping[str, Sequence[Subject]]
) -> tuple[Verdict, ...]:
    return judge(book.of(stage, *subjects), subjects, book.thresholds, book.engine)
