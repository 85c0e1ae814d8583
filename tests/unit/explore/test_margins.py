from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgeward.explore.margins import find_choices, find_margins, measure_first
from edgeward.explore.outcome import does
from edgeward.explore.variants import Change, Variants
from tests.unit.explore.exploring import decide_afresh, example, plant

PLANTS = st.builds(
    plant,
    budget_ms=st.sampled_from([20, 60, 300, 3000, 3_600_000]),
    every_ms=st.sampled_from([50, 500, 5000]),
    model=st.sampled_from(["yolo11n", "yolo11m"]),
    uplink_mbps=st.sampled_from([0.5, 10, 100]),
    worst_outage_hours=st.sampled_from([0.5, 8]),
    leaves=st.sampled_from(
        ["{as: raw, share: 1, because: all}", "{as: features, share: 0.01, kb: 4, because: few}"]
    ),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(variants=PLANTS)
def test_a_margin_crossed_flips_the_decision_and_just_inside_does_not(variants: Variants) -> None:
    for placement in variants.decide().placements:
        before = does(decide_afresh(variants), placement.use_case)
        for margin in find_margins(variants, placement):
            for edge in filter(None, (margin.below, margin.above)):
                inside = decide_afresh(variants, Change({margin.path: edge.holds}))
                crossed = decide_afresh(variants, Change({margin.path: edge.flips}))
                assert does(inside, placement.use_case) == before
                assert does(crossed, placement.use_case) != before


def test_the_most_doubtful_assumption_is_measured_first() -> None:
    variants = example("teck-haul-trucks")
    (placement,) = variants.decide().placements
    margins = find_margins(variants, placement)
    doubts = {each.path: each.doubt for each in margins if each.doubt is not None}
    assert all(0 <= doubt <= 1 for doubt in doubts.values())
    first = measure_first(margins, find_choices(variants, placement))
    assert first is None or doubts[first] == max(doubts.values())


def test_a_budget_that_is_nearly_used_up_has_a_narrow_margin() -> None:
    variants = plant(budget_ms=30, server=None)
    (placement,) = variants.decide().placements
    margins = {each.path: each for each in find_margins(variants, placement)}
    budget = margins["use_cases.cap-check.latency.budget_ms"]
    assert budget.below is not None
    bound = placement.ledger.bound_ms
    stated = bound.stated if bound.stated is not None else bound.high
    assert budget.below.flips < stated <= budget.below.holds * 1.02
