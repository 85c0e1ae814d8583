"""A plant decided again with other numbers: what they cannot touch is not worked out anew.

A candidate is weighed again where its use case, what that reads or anything of the plant itself
has changed; a rule judges it again where a fact that the rule sees has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from edgeward.assess import live_hosts
from edgeward.catalog import Catalog
from edgeward.decision import Decision
from edgeward.facts.candidate import Weighed, weigh_candidates
from edgeward.facts.training import training_candidates
from edgeward.place.decide import decide
from edgeward.place.open import Weighing
from edgeward.policy.judge import judge
from edgeward.policy.rule import Rule
from edgeward.rulebook import Rulebook
from edgeward.site import Site
from edgeward.subjects import Subject
from edgeward.verdict import Verdict


class Again:
    """Decides for variants of one plant with the same use cases, devices, streams and catalog."""

    def __init__(
        self, site: Site, catalog: Catalog, book: Rulebook, prior: Mapping[str, str]
    ) -> None:
        self._site, self._catalog, self._book = site, catalog, book
        self._prior = live_hosts(site, prior)
        self._verdicts = _Verdicts(book)
        self._weighed: dict[str, tuple[Weighed, ...]] = {}
        self._keep(weigh_candidates(site, catalog, book.thresholds), self._weighed)

    def decide(self, site: Site) -> Decision:
        """The decision for a variant that was bound with other values at some paths."""
        weighed = dict(self._weighed)
        touched = _touched(self._site, site)
        if touched:
            anew = weigh_candidates(site, self._catalog, self._book.thresholds, touched)
            self._keep(anew, weighed)
        candidates = [each for group in weighed.values() for each in group]
        training = training_candidates(site, self._catalog)
        verdicts = self._verdicts.of(
            {"candidate": [each.candidate for each in candidates], "training_candidate": training}
        )
        return decide(
            Weighing(
                site=site,
                catalog=self._catalog,
                policy=self._book.policy,
                candidates=candidates,
                training=training,
                verdicts=verdicts,
                prior=self._prior,
            )
        )

    @staticmethod
    def _keep(found: Sequence[Weighed], by_name: dict[str, tuple[Weighed, ...]]) -> None:
        groups: defaultdict[str, list[Weighed]] = defaultdict(list)
        for each in found:
            groups[each.candidate.use_case].append(each)
        by_name.update({name: tuple(group) for name, group in groups.items()})


def _touched(before: Site, after: Site) -> frozenset[str]:
    """The use cases whose candidates may have other facts; all, unless it is plain which."""
    everything = frozenset(each.name for each in after.use_cases)
    if _shape(before) != _shape(after) or _beside(before) != _beside(after):
        return everything
    streams = {
        new.name for old, new in zip(before.streams, after.streams, strict=True) if old != new
    }
    return frozenset(
        new.name
        for old, new in zip(before.use_cases, after.use_cases, strict=True)
        if old != new or not streams.isdisjoint(new.reads)
    )


def _beside(site: Site) -> Site:
    """All that is neither use case nor stream."""
    return replace(site, use_cases=(), streams=(), assumptions=())


def _shape(site: Site) -> tuple[object, ...]:
    """What use cases see of each other and of streams that they do not read: who reads what where.

    A box that others read from runs anyway, so it is not paid for.
    """
    return (
        tuple((each.name, each.stage == "retired", each.reads) for each in site.use_cases),
        tuple((each.name, each.at) for each in site.streams),
    )


class _Verdicts:
    """The verdicts of the permit rules; those of the first plant count as long as facts do."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._rules = book.of("permit", "candidate", "training_candidate")
        self._readers = {rule.id: _reader(rule) for rule in self._rules}
        self._first: dict[tuple[str, str], tuple[object, Verdict]] = {}

    def of(self, subjects: Mapping[str, Sequence[Subject]]) -> Mapping[str, list[Verdict]]:
        """By subject, in the order of the rules."""
        found: defaultdict[str, list[Verdict]] = defaultdict(list)
        for rule in self._rules:
            for verdict in self._judge(rule, subjects[rule.subject]):
                found[verdict.subject].append(verdict)
        return found

    def _judge(self, rule: Rule, subjects: Sequence[Subject]) -> list[Verdict]:
        read = self._readers[rule.id]
        verdicts, open_ = [], []
        for subject in subjects:
            facts = read(subject)
            known = self._first.get((rule.id, subject.id))
            if known is not None and known[0] == facts:
                verdicts.append(known[1])
            else:
                open_.append((subject, facts))
        if open_:
            asked = {rule.subject: [subject for subject, _ in open_]}
            judged = judge((rule,), asked, self._book.thresholds, self._book.engine)
            for (subject, facts), verdict in zip(open_, judged, strict=True):
                self._first.setdefault((rule.id, subject.id), (facts, verdict))
            verdicts += judged
        return verdicts


def _reader(rule: Rule) -> Callable[[Any], object]:
    """Everything that the rule sees of a subject."""
    return attrgetter(*dict.fromkeys((*rule.needs, *rule.applies_when, "id")))
