"""The decision for a plant: the best permitted place of every use case, and why not the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from edgeward.catalog import Catalog
from edgeward.decision import Alternative, Block, Decision, Missing, Placement, Withheld
from edgeward.facts.candidate import Weighed
from edgeward.facts.readiness import missing_for
from edgeward.place.assign import Option, assign
from edgeward.place.capacity import host_limits, load_of
from edgeward.place.pattern import choose_pattern
from edgeward.place.permit import Permit, permit
from edgeward.place.reason import explain_choice
from edgeward.place.training import choose_training
from edgeward.policy.rule import Rule
from edgeward.quantity import Quantity
from edgeward.site import TIERS, Site
from edgeward.subjects import TrainingCandidate
from edgeward.use_case import Bands, UseCase
from edgeward.verdict import Verdict

_PARTS = {"device": 1, "plant": 2, "cloud": 3}


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
class _Open:
    """A use case that has somewhere to go: its alternatives, and where it was until now."""

    use_case: UseCase
    training: str
    rows: tuple[_Row, ...]
    prior_host: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    weighed: Weighed
    alternative: Alternative
    leans_on: tuple[str, ...]


def decide(weighing: Weighing) -> Decision:
    """Place every use case of the plant that is not retired.

    A live use case stays where it is while that is permitted and nothing is cheaper by more than
    the move margin.
    """
    found = [_consider(weighing, each) for each in weighing.site.use_cases if _live(each)]
    opened = [each for each in found if isinstance(each, _Open)]
    withheld = [each for each in found if isinstance(each, Withheld)]
    placements, crowded = _assign(opened, weighing.policy, weighing.catalog)
    return Decision(
        site=weighing.site.name,
        placements=tuple(sorted(placements, key=lambda each: each.use_case)),
        withheld=tuple(sorted((*withheld, *crowded), key=lambda each: each.use_case)),
    )


def _live(use_case: UseCase) -> bool:
    return use_case.stage != "retired"


def _consider(weighing: Weighing, use_case: UseCase) -> _Open | Withheld:
    stage = use_case.stage or "draft"
    rows = []
    for each in weighing.candidates:
        if each.candidate.use_case == use_case.name:
            verdicts = weighing.verdicts.get(each.candidate.id, ())
            allowed = permit(verdicts, weighing.policy.rules, stage)
            rows.append(_Row(each, _alternative(each, allowed), allowed.leans_on))
    alternatives = tuple(row.alternative for row in rows)
    missing = missing_for(weighing.site, use_case, weighing.catalog)
    if missing:
        return Withheld(use_case.name, "not_ready", missing, alternatives)
    trained = choose_training(use_case, weighing.training, weighing.verdicts, weighing.policy.rules)
    if isinstance(trained, Permit):
        return _no_training(use_case, trained, alternatives)
    eligible = [each for each in alternatives if _eligible(use_case, each)]
    doubts = _doubts(eligible)
    if doubts:
        return Withheld(use_case.name, "not_ready", doubts, alternatives)
    if not any(each.permitted for each in eligible):
        return Withheld(use_case.name, "no_tier", (), alternatives)
    return _Open(use_case, trained, tuple(rows), weighing.prior.get(use_case.name))


def _eligible(use_case: UseCase, alternative: Alternative) -> bool:
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
    )


def _no_training(
    use_case: UseCase, refused: Permit, alternatives: tuple[Alternative, ...]
) -> Withheld:
    if refused.permitted is None:
        missing = tuple(Missing(path, _KNOW) for path in refused.rests_on)
        return Withheld(use_case.name, "not_ready", missing, alternatives)
    return Withheld(use_case.name, "no_tier", (), alternatives, refused.blocks)


_KNOW = "this number; plausible values of it lead to different decisions"


def _doubts(alternatives: Sequence[Alternative]) -> tuple[Missing, ...]:
    """The unknown numbers behind an alternative that would win if it turned out permitted."""
    best = min((_rank(each) for each in alternatives if each.permitted), default=None)
    paths = {
        path
        for each in alternatives
        if each.permitted is None and (best is None or _rank(each) < best)
        for path in each.rests_on
    }
    return tuple(Missing(path, _KNOW) for path in sorted(paths))


def _rank(alternative: Alternative) -> tuple[int, int]:
    return (cents(alternative.usd_per_month), _PARTS[alternative.tier])


def cents(usd: Quantity) -> int:
    """What a cost counts as when alternatives are compared, in cents.

    The stated value; without one the middle of the range; of a number without an upper end, the
    part that is known.
    """
    if usd.stated is not None:
        return round(usd.stated * 100)
    return round((usd.low + usd.high) * 50) if usd.bounded else round(usd.low * 100)


def _assign(
    opened: Sequence[_Open], policy: Policy, catalog: Catalog
) -> tuple[list[Placement], list[Withheld]]:
    hosts = {row.weighed.host.name: row.weighed.host for each in opened for row in each.rows}
    limits = {
        name: host_limits(host, catalog, policy.thresholds)
        for name, host in hosts.items()
        if host.device is not None
    }
    chosen = assign({each.use_case.name: _options(each, policy) for each in opened}, limits)
    placements, crowded = [], []
    for each in opened:
        option = chosen[each.use_case.name]
        if option is None:
            crowded.append(_crowded_out(each))
        else:
            placements.append(_placement(each, option.host))
    return placements, crowded


def _options(each: _Open, policy: Policy) -> list[Option]:
    """The permitted hosts; the one where it runs today counts as cheaper by the move margin."""
    options = []
    for row in each.rows:
        alternative = row.alternative
        if alternative.permitted and _eligible(each.use_case, alternative):
            stays = alternative.device == each.prior_host
            share = 1 - policy.move_margin_share if stays else 1
            options.append(
                Option(
                    host=alternative.device,
                    cents=round(cents(alternative.usd_per_month) * share),
                    parts=_PARTS[alternative.tier],
                    takes=load_of(row.weighed.candidate),
                )
            )
    return options


def _crowded_out(each: _Open) -> Withheld:
    """A use case that fits alone everywhere it is permitted, but not beside the others."""
    alternatives = tuple(
        replace(row.alternative, permitted=False, blocks=(_CROWDED,))
        if row.alternative.permitted
        else row.alternative
        for row in each.rows
    )
    return Withheld(each.use_case.name, "no_tier", (), alternatives)


_CROWDED = Block(
    "placement.joint_capacity",
    "it fits alone, but not together with the other use cases of the plant",
)


def _placement(each: _Open, host: str) -> Placement:
    row = next(row for row in each.rows if row.weighed.host.name == host)
    chosen, use_case = row.alternative, each.use_case
    others = sorted(
        (other.alternative for other in each.rows if other is not row),
        key=lambda other: (TIERS.index(other.tier), other.device),
    )
    return Placement(
        use_case=use_case.name,
        stage=use_case.stage or "draft",
        inference_tier=chosen.tier,
        device=host,
        training_tier=each.training,
        pattern=choose_pattern(use_case, row.weighed.job.streams, chosen.tier, each.training),
        fallback=(use_case.absent.do if use_case.absent else None) or "none",
        ledger=chosen.ledger,
        budget_ms=use_case.latency.budget_ms,
        usd_per_month=chosen.usd_per_month,
        reason=explain_choice(use_case, chosen, others, each.prior_host),
        alternatives=(chosen, *others),
        rests_on=row.leans_on,
        bands=_bands(use_case.bands),
        pinned=use_case.place is not None,
    )


def _bands(bands: Bands | None) -> Mapping[str, float | str] | None:
    if bands is None:
        return None
    return {
        "act_above": _picked(bands.act_above),
        "defer_above": _picked(bands.defer_above),
        "defer_to": bands.defer_to or "human",
        "below": bands.below or "safe_action",
    }


def _picked(threshold: Quantity) -> float:
    """The stated value; of a band that nobody stated, the most careful one."""
    return threshold.high if threshold.stated is None else threshold.stated
