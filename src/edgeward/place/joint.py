"""All use cases of a plant together: who gets which host, and what that does to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edgeward.catalog import Catalog
from edgeward.decision import Alternative, Block, Ledger, Placement, Withheld
from edgeward.facts.candidate import Weighed
from edgeward.facts.cost import billed_usd, recalled_prices
from edgeward.facts.latency import ledger_beside
from edgeward.figures import format_number
from edgeward.place.assign import assign
from edgeward.place.capacity import RESOURCES, host_limits, load_of, queue_of
from edgeward.place.open import PARTS, Open, Policy, Row, may_go
from edgeward.place.option import Option
from edgeward.place.pattern import choose_pattern
from edgeward.place.reason import explain_choice
from edgeward.place.shared import Cents, split_cents
from edgeward.quantity import Quantity
from edgeward.site import TIERS
from edgeward.use_case import Bands

_Limits = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Seated:
    """Use cases with the row of the host that they got, by name."""

    rows: Mapping[str, Row]

    def beside(self, use_case: str | None, host: str) -> list[Weighed]:
        """The other use cases on a host."""
        return [
            row.weighed
            for name, row in self.rows.items()
            if name != use_case and row.weighed.host.name == host
        ]


def place_together(
    opened: Sequence[Open], policy: Policy, catalog: Catalog
) -> tuple[list[Placement], list[Withheld]]:
    """The placements, and the use cases that fit alone but not beside the others."""
    hosts = {row.weighed.host.name: row.weighed.host for each in opened for row in each.rows}
    limits = {
        name: host_limits(host, catalog, policy.thresholds)
        for name, host in hosts.items()
        if host.device is not None
    }
    chosen = assign(_options(opened, policy), limits)
    seated = _Seated(
        {
            each.use_case.name: _row(each, option.host)
            for each in opened
            if (option := chosen[each.use_case.name]) is not None
        }
    )
    placed = [each for each in opened if each.use_case.name in seated.rows]
    crowded = [each for each in opened if each.use_case.name not in seated.rows]
    return (
        [_placement(each, seated, catalog) for each in placed],
        [_crowded_out(each, seated, limits) for each in crowded],
    )


def _row(each: Open, host: str) -> Row:
    return next(row for row in each.rows if row.weighed.host.name == host)


def _options(opened: Sequence[Open], policy: Policy) -> dict[str, list[Option]]:
    """The permitted hosts; the one where it runs today counts as cheaper by the move margin."""
    may = {
        each.use_case.name: [
            row
            for row in each.rows
            if row.alternative.permitted and may_go(each.use_case, row.alternative)
        ]
        for each in opened
    }
    cents = split_cents([row.weighed for rows in may.values() for row in rows])
    margin = policy.move_margin_share
    return {
        each.use_case.name: [
            _option(row, cents, margin if row.alternative.device == each.prior_host else 0)
            for row in may[each.use_case.name]
        ]
        for each in opened
    }


def _option(row: Row, cents: Mapping[str, Cents], margin: float) -> Option:
    own, once = cents[row.weighed.candidate.id]
    alone = own + sum(price for _, price in once)
    return Option(
        host=row.alternative.device,
        cents=round(alone * (1 - margin)),
        parts=PARTS[row.alternative.tier],
        takes=load_of(row.weighed),
        queue=queue_of(row.weighed),
        shared=once,
    )


def _crowded_out(each: Open, seated: _Seated, limits: _Limits) -> Withheld:
    alternatives = tuple(
        replace(row.alternative, permitted=False, blocks=_crowding(row, seated, limits))
        if row.alternative.permitted
        else row.alternative
        for row in each.rows
    )
    return Withheld(each.use_case.name, "no_tier", (), alternatives)


def _crowding(row: Row, seated: _Seated, limits: _Limits) -> tuple[Block, ...]:
    """What there is not enough of on the host, with the numbers and who else is there."""
    host = row.weighed.host.name
    others = seated.beside(None, host)
    names = ", ".join(sorted(each.candidate.use_case for each in others))
    together = [load_of(each) for each in (row.weighed, *others)]
    blocks = [
        Block(
            resource.rule,
            f"{format_number(sum(load[index] for load in together))} {resource.words} "
            f"needed together with {names}, {format_number(limits[host][index])} there",
        )
        for index, resource in enumerate(RESOURCES)
        if sum(load[index] for load in together) > limits[host][index]
    ]
    return tuple(blocks) or (Block("placement.joint_latency", f"too late together with {names}"),)


def _placement(each: Open, seated: _Seated, catalog: Catalog) -> Placement:
    use_case = each.use_case
    row = seated.rows[use_case.name]
    alone = row.alternative
    ledger = _ledger(row.weighed, seated.beside(use_case.name, alone.device))
    chosen = replace(alone, ledger=ledger)
    others: list[Alternative] = sorted(
        (other.alternative for other in each.rows if other is not row),
        key=lambda other: (TIERS.index(other.tier), other.device),
    )
    return Placement(
        use_case=use_case.name,
        stage=use_case.stage or "draft",
        inference_tier=chosen.tier,
        device=chosen.device,
        training_tier=each.training,
        pattern=choose_pattern(use_case, row.weighed.job.streams, chosen.tier, each.training),
        fallback=(use_case.absent.do if use_case.absent else None) or "none",
        ledger=ledger,
        budget_ms=use_case.latency.budget_ms,
        usd_per_month=chosen.usd_per_month,
        reason=explain_choice(use_case, chosen, others, each.prior_host),
        alternatives=(chosen, *others),
        billed_usd_per_month=billed_usd(row.weighed.lines),
        recalled_prices=recalled_prices(row.weighed.lines, catalog),
        rests_on=row.allowed.leans_on,
        stated_rules=row.allowed.stated_rules,
        bands=_bands(use_case.bands),
        pinned=use_case.place is not None,
    )


def _ledger(own: Weighed, others: Sequence[Weighed]) -> Ledger:
    demands = [each.demand for each in others]
    return ledger_beside(own.job, own.host, own.ledger, own.demand, demands)


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
