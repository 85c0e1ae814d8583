from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgeward.explore.explanation import WhyNot
from edgeward.explore.outcome import hosts_of, placed
from edgeward.explore.variants import Change, Variants
from edgeward.explore.why_not import MOST_SUGGESTIONS, explain_why_not
from tests.unit.explore.exploring import decide_afresh, example, plant

PLANTS = st.builds(
    plant,
    authority=st.sampled_from(["advises", "actuates"]),
    budget_ms=st.sampled_from([5, 20, 200, 3000, 600_000]),
    every_ms=st.sampled_from([5, 50, 500]),
    model=st.sampled_from(["yolo11n", "yolo11x"]),
    precision=st.sampled_from(["int8", "fp32"]),
    device=st.sampled_from(["mcu_cortex_m4", "jetson_orin_nano_super_8gb"]),
    server=st.sampled_from([None, "jetson_orin_nx_16gb"]),
    uplink_mbps=st.sampled_from([0.01, 1, 100]),
    worst_outage_hours=st.sampled_from([0.5, 100]),
    leaves=st.sampled_from(
        ["{as: raw, share: 1, because: all}", "{as: features, share: 0.01, kb: 4, because: few}"]
    ),
)


def why_not(variants: Variants) -> dict[str, WhyNot]:
    (use_case,) = variants.site().use_cases
    return {each.tier: each for each in explain_why_not(variants, use_case)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(variants=PLANTS)
def test_every_suggestion_applied_makes_its_tier_permitted(variants: Variants) -> None:
    (use_case,) = variants.site().use_cases
    for each in explain_why_not(variants, use_case):
        before = hosts_of(variants.decide(), use_case.name, each.tier)
        assert not any(place.permitted for place in before)
        assert len(each.suggestions) <= MOST_SUGGESTIONS
        assert not (each.fixed and each.suggestions)
        for suggestion in each.suggestions:
            again = decide_afresh(variants, suggestion.change)
            after = hosts_of(again, use_case.name, each.tier)
            assert any(place.permitted for place in after), suggestion.words
            assert placed(variants.decide()) <= placed(again)


def test_what_actuates_is_not_talked_behind_the_wan() -> None:
    cloud = why_not(plant(authority="actuates"))["cloud"]
    assert cloud.fixed == ("what actuates is never placed behind the WAN",)
    assert cloud.suggestions == ()


def test_the_budget_is_the_least_that_works() -> None:
    variants = plant(budget_ms=5, server=None)
    (budget,) = (
        each
        for each in why_not(variants)["device"].suggestions
        if set(each.values) == {"use_cases.cap-check.latency.budget_ms"}
    )
    ((path, value),) = budget.values.items()
    less = variants.decide(Change({path: float(value) * 0.9}))
    assert not placed(less)


def test_a_stream_that_stays_may_be_let_out() -> None:
    variants = plant(budget_ms=3_600_000, worst_outage_hours=0.5, lasts_hours=24)
    cloud = why_not(variants)["cloud"]
    assert any("streams.pictures.leaves.share" in each.values for each in cloud.suggestions)


def test_the_impossible_press_gets_suggestions_and_one_refusal() -> None:
    found = why_not(example("impossible-press"))
    assert found["cloud"].fixed
    assert found["plant"].suggestions
    for each in (*found["device"].suggestions, *found["plant"].suggestions):
        assert each.words and "{" not in " ".join(each.words)


def test_what_is_not_ready_gets_no_suggestions() -> None:
    assert why_not(example("vague-brief")) == {}


@pytest.mark.parametrize("name", ["impossible-press"])
def test_suggestions_come_by_effort(name: str) -> None:
    order = ("release", "settings", "agreement", "hardware", "contract")
    for each in why_not(example(name)).values():
        efforts = [order.index(suggestion.effort) for suggestion in each.suggestions]
        assert efforts == sorted(efforts)


def test_what_does_not_fit_beside_another_is_told_what_would_make_room() -> None:
    variants = plant(names=("first", "second"), server=None, every_ms=16, budget_ms=600)
    (left,) = variants.decide().withheld
    use_case = next(each for each in variants.site().use_cases if each.name == left.use_case)
    device = next(e for e in explain_why_not(variants, use_case) if e.tier == "device")
    assert any(block.rule.startswith("placement.joint_") for block in device.blocks)
    assert device.suggestions
    for suggestion in device.suggestions:
        assert placed(variants.decide(suggestion.change)) == {"first", "second"}
