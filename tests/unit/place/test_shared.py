"""What several use cases need is paid once when the plant is decided as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from edgeward.cost.line import Line, expected_usd
from edgeward.decision import Decision
from edgeward.explore.variants import Variants
from edgeward.facts.candidate import Weighed, weigh_candidates
from edgeward.ownership.compare import cost_plant
from edgeward.place.shared import split_cents
from edgeward.quantity import exact
from tests.unit.explore.exploring import plant


def _decide(count: int) -> Decision:
    """Use cases alike, each a little cheaper in the cloud than on a server of its own."""
    return _variants(count).decide()


def _variants(count: int) -> Variants:
    return plant(
        names=tuple(f"check-{n}" for n in range(count)),
        authority="informs",
        budget_ms=3_600_000,
        every_ms=4_000,
        device="mcu_cortex_m7",
        leaves="{as: raw, share: 1, kb: 40, because: scored in the cloud}",
        lasts_hours=200,
        model="yolo11n",
        precision="fp16",
    )


def test_alone_it_goes_to_the_cloud_and_several_share_the_server() -> None:
    assert [each.device for each in _decide(1).placements] == ["cloud"]
    assert [each.device for each in _decide(5).placements] == ["server"] * 5


def test_the_reason_says_that_the_plant_pays_less_although_each_alone_would_not() -> None:
    (placement, *_) = _decide(5).placements
    cloud = next(each for each in placement.alternatives if each.device == "cloud")
    assert (cloud.usd_per_month.stated or 0) < (placement.usd_per_month.stated or 0)
    assert placement.reason.endswith("the plant as a whole costs less this way")


def test_what_was_chosen_costs_the_plant_less_than_the_cloud_would() -> None:
    variants = _variants(5)
    decision = variants.decide()
    cost = cost_plant(
        variants.site(), variants.catalog, variants.thresholds, decision, date(2026, 11, 23)
    )
    clouds = [
        each.monthly.best
        for use_case in cost.use_cases
        for each in use_case.alternatives
        if each.tier == "cloud"
    ]
    account = next(
        each.amount.best
        for each in cost.use_cases[0].alternatives[0].lines
        if each.line.box == "cloud account"
    )
    assert cost.monthly.best < sum(clouds) - 4 * account


def _needs(weighed: Weighed, use_case: str, prices: Mapping[str, float]) -> Weighed:
    """The candidate of another use case, which needs boxes at these prices and nothing else."""
    lines = tuple(
        Line("maintenance", "care", exact(1), "box", exact(usd), ("x", "y"), box=name)
        for name, usd in prices.items()
    )
    facts = weighed.candidate
    return replace(
        weighed,
        candidate=replace(
            facts,
            id=f"{use_case}@{facts.device}",
            use_case=use_case,
            usd_per_month=expected_usd(lines),
        ),
        lines=lines,
    )


def test_what_only_one_needs_is_its_own_and_at_most_a_dozen_is_shared() -> None:
    variants = _variants(1)
    weighed = weigh_candidates(variants.site(), variants.catalog, variants.thresholds)[0]
    prices = {f"box-{n:02}": 10.0 + n for n in range(14)}
    first = _needs(weighed, "first", {**prices, "alone": 99})
    found = split_cents([first, _needs(weighed, "second", prices)])
    own, once = found[first.candidate.id]
    assert [key for key, _ in once] == [f"box-{n:02}, running" for n in range(2, 14)]
    assert own == 100 * (99 + 10 + 11)
    assert dict(once)["box-13, running"] == 2300
