"""Each use case alone: what it could be placed on, or why nothing is decided for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edgeward.catalog import Catalog
from edgeward.decision import Alternative, Missing, Withheld
from edgeward.facts.candidate import Weighed
from edgeward.facts.host import CLOUD
from edgeward.facts.readiness import missing_for
from edgeward.place.money import cents
from edgeward.place.permit import Doubt, Permit, permit
from edgeward.place.training import choose_training
from edgeward.policy.rule import Rule
from edgeward.site import Site
from edgeward.subjects import TrainingCandidate
from edgeward.use_case import UseCase
from edgeward.verdict import Verdict

PARTS = {"device": 1, "plant": 2, "cloud": 3}
"""What has to work for a prediction: the fewer, the better when the cost is the same."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules by id and the thresholds that the solver shares with them."""

    rules: Mapping[str, Rule]
    thresholds: Mapping[str, Any]

    @property
    def move_margin_share(self) -> float:
        return float(self.thresholds["placement"]["move_margin_share"])


@dataclass(frozen=True, slots=True)
class Weighing:
    """Everything that a decision is made from.

    `verdicts` are those of the permit rules on `candidates` and `training`, by subject. `prior`
    has the host of each live use case in the committed decision.
    """

    site: Site
    catalog: Catalog
    policy: Policy
    candidates: Sequence[Weighed]
    training: Sequence[TrainingCandidate]
    verdicts: Mapping[str, Sequence[Verdict]]
    prior: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Open:
    """A use case that has somewhere to go: its alternatives, and where it was until now."""

    use_case: UseCase
    training: str
    rows: tuple[Row, ...]
    prior_host: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate and what the rules say of it, for the solver and for people."""

    weighed: Weighed
    allowed: Permit
    alternative: Alternative


def consider(weighing: Weighing, use_case: UseCase) -> Open | Withheld:
    stage = use_case.stage or "draft"
    rows = []
    for each in weighing.candidates:
        if each.candidate.use_case == use_case.name:
            verdicts = weighing.verdicts.get(each.candidate.id, ())
            allowed = permit(verdicts, weighing.policy.rules, stage)
            rows.append(Row(each, allowed, _alternative(each, allowed)))
    alternatives = tuple(row.alternative for row in rows)
    missing = missing_for(weighing.site, use_case, weighing.catalog)
    if missing:
        return Withheld(use_case.name, "not_ready", missing, alternatives)
    trained = choose_training(use_case, weighing.training, weighing.verdicts, weighing.policy.rules)
    if isinstance(trained, Permit):
        return _no_training(use_case, trained, alternatives)
    if weighing.site.cloud.region is None and _needs_cloud(weighing.site, use_case, trained):
        return Withheld(use_case.name, "not_ready", (_REGION,), alternatives)
    eligible = [each for each in rows if may_go(use_case, each.alternative)]
    doubts = _doubts(eligible)
    if doubts:
        return Withheld(use_case.name, "not_ready", doubts, alternatives)
    if not any(each.allowed.permitted for each in eligible):
        return Withheld(use_case.name, "no_tier", (), alternatives)
    return Open(use_case, trained, tuple(rows), weighing.prior.get(use_case.name))


def _needs_cloud(site: Site, use_case: UseCase, trained: str) -> bool:
    """Whether something of it is in the cloud wherever it runs."""
    return trained == CLOUD or any(
        stream.leaves for stream in site.streams if stream.name in use_case.reads
    )


def may_go(use_case: UseCase, alternative: Alternative) -> bool:
    return use_case.place is None or use_case.place.tier == alternative.tier


def _alternative(weighed: Weighed, allowed: Permit) -> Alternative:
    return Alternative(
        tier=weighed.host.tier,
        device=weighed.host.name,
        permitted=allowed.permitted,
        blocks=allowed.blocks,
        usd_per_month=weighed.candidate.usd_per_month,
        ledger=weighed.ledger,
        rests_on=allowed.rests_on,
        facts=weighed.candidate,
    )


def _no_training(
    use_case: UseCase, refused: Permit, alternatives: tuple[Alternative, ...]
) -> Withheld:
    if refused.permitted is None:
        return Withheld(use_case.name, "not_ready", _missing(refused.doubts), alternatives)
    return Withheld(use_case.name, "no_tier", (), alternatives, refused.blocks)


_REGION = Missing("cloud.region", "the region of its cloud side, for example eu-central-1")
_SAID = 2
"""So many rules are named for one number."""


def _doubts(rows: Sequence[Row]) -> tuple[Missing, ...]:
    """The unknown numbers behind an alternative that would win if it turned out permitted."""
    ranks = [_rank(each.alternative) for each in rows if each.allowed.permitted]
    best = min(ranks, default=None)
    return _missing(
        {
            doubt
            for each in rows
            if each.allowed.permitted is None and (best is None or _rank(each.alternative) < best)
            for doubt in each.allowed.doubts
        }
    )


def _missing(doubts: Iterable[Doubt]) -> tuple[Missing, ...]:
    """Each number once, with the first rules that hang on it."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for path, title in sorted(doubts):
        titles[path].append(_inside(title))
    return tuple(
        Missing(path, f"it decides whether {' and whether '.join(said[:_SAID])}")
        for path, said in titles.items()
    )


def _inside(title: str) -> str:
    """A title as it reads inside a sentence; what begins with an abbreviation stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _rank(alternative: Alternative) -> tuple[int, int]:
    return (cents(alternative.usd_per_month), PARTS[alternative.tier])
