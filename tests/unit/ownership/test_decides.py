"""The ownership cost decides: downtime that is signed moves a placement, unsigned only shows."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from edgeward.assess import decide_again
from edgeward.decision import Decision
from edgeward.declare.plant import PlantSource, bind_site, read_plant
from edgeward.ownership.compare import cost_plant
from edgeward.ownership.priced import AlternativeCost, PlantCost
from edgeward.session import Session, open_session
from edgeward.site import Site

_ROOT = Path(__file__).parents[3]
_TODAY = date(2026, 11, 23)
_PLANT = """\
apiVersion: edgeward/v1alpha1
kind: Site
name: flaky
owner: plant-it@example.com
cloud: {region: us-east-1}
connectivity: {tier: best_effort_wan, uplink_mbps: 50, rtt_p99_ms: 60, typical_outage_minutes: 30,
               worst_outage_hours: OUTAGE, outages_per_month: 6, usd_per_gb: GB}
lan: {rtt_p99_ms: 4, mbps: 1000}
finance: {currency: USD, labour_per_hour: 60, visit: {hours: 4, cost: 150}, horizon_years: 5,
          discount_rate: 0.08, energy_per_kwh: 0.2}
zones: [{name: line, level: 3, security_level: 2}]
devices:
  - {name: line-box, class: jetson_orin_nx_16gb, tier: device, zone: line, runtime: compose,
     identity: csr, owned: false, run_by: {team: plant-it, rebuild_hours: 8}}
streams:
  - {name: frames, zone: line, kb: 100, arrives: {every_ms: EVERY}, hours_per_week: 168,
     leaves: {as: raw, because: any tier may score them}, sensitivity: internal,
     personal_data: none, retention_days: 1}
use_cases:
  - name: part-check
    like: published-placeholder
    stage: pilot
    action: Stop the line for a bad part
    criticality: quality
    scope: asset
    authority: advises
    reads: [frames]
    latency: {budget_ms: 20000, from: camera trigger, to: operator told}
    model: {name: yolo11n, precision: fp16}
    absent: {do: human, lasts_hours: 12, cost_per_hour: FALLBACK, then: human}
    STOP
"""
_SIGNED = "stop: {cost_per_hour: 9000, basis: lost_margin, signed_by: controller@example.com}"
_UNSIGNED = "stop: {cost_per_hour: 9000, basis: lost_margin}"


def test_with_downtime_at_zero_the_lower_cloud_bill_may_win() -> None:
    assert _chosen(_decide(_site())) == "cloud"


def test_dear_downtime_over_a_flaky_link_chooses_the_hybrid() -> None:
    site = _site(fallback="900")
    decision = _decide(site)
    placement = decision.placements[0]
    assert (placement.inference_tier, placement.training_tier) == ("device", "cloud")
    places = {each.name: each for each in _cost(site, decision).use_cases[0].alternatives}
    without_risk = {name: each.running + each.capital for name, each in places.items()}
    assert without_risk["cloud"].best < without_risk["line-box"].best
    assert places["cloud"].bad_year * 12 > places["cloud"].risk.best * 12


@pytest.mark.parametrize("stop", [_SIGNED, _UNSIGNED])
def test_an_unsigned_stop_decides_nothing_and_is_shown(stop: str) -> None:
    """An hour can be bridged: a service of the cloud is away for longer, a box with a spare not."""
    site = _site(stop=stop, fallback="1", outage="1", then_stop=True)
    decision = _decide(site)
    cloud = _place(_cost(site, decision), "cloud")
    assert cloud.risk.best > 100 if stop is _SIGNED else cloud.unsigned.best > 100
    assert (_chosen(decision) == "device") == (stop is _SIGNED)


_WRONG = """mistakes:
      false_alarms: {per_month: 2, cost: 400}
      missed: {per_month: 0.5, cost: 3000}
      late: {cost: 0.5}"""


@pytest.mark.parametrize("signature", ["", "\n      signed_by: controller@example.com"])
def test_late_predictions_with_a_signed_price_move_the_model_nearer(signature: str) -> None:
    """The ledger promises less over the link; what nobody signed is shown and decides nothing."""
    site = _site(stop=_WRONG + signature)
    decision = _decide(site)
    cloud = _place(_cost(site, decision), "cloud")
    assert _chosen(decision) == ("device" if signature else "cloud")
    assert (cloud.risk.best if signature else cloud.unsigned.best) > 2 * 400 + 0.5 * 3000


def test_false_alarms_and_what_is_missed_cost_the_same_everywhere() -> None:
    site = _site(stop=_WRONG)
    for place in _cost(site, _decide(site)).use_cases[0].alternatives:
        wrong = {
            each.line.name: each.amount.best
            for each in place.lines
            if each.line.name.startswith("wrong predictions")
        }
        assert wrong == {
            "wrong predictions: false alarms": 800,
            "wrong predictions: missed": 1500,
        }


def test_how_many_are_late_may_be_counted_instead() -> None:
    site = _site(stop="mistakes: {late: {per_month: 7, cost: 10}}")
    for place in _cost(site, _decide(site)).use_cases[0].alternatives:
        (late,) = [each for each in place.lines if each.line.name == "late predictions"]
        assert late.amount.low == late.amount.high == 70
        assert late.line.note == "nobody signed its price: shown, not counted"


def test_cost_grows_with_outage_hours_volume_and_price() -> None:
    def monthly(**changes: str) -> AlternativeCost:
        site = _site(**changes)
        return _place(_cost(site, _decide(site)), "cloud")

    base = monthly(fallback="50", gb="0.1")
    assert monthly(fallback="50", gb="0.1", outage="20").monthly.best > base.monthly.best
    assert monthly(fallback="50", gb="0.1", every="20000").monthly.best > base.monthly.best
    assert monthly(fallback="50", gb="0.2").monthly.best > base.monthly.best


def test_lines_sum_to_their_totals() -> None:
    site = _site(fallback="50", gb="0.1")
    for place in _cost(site, _decide(site)).use_cases[0].alternatives:
        counting = [each.amount.best for each in place.lines if each.line.counts]
        assert sum(counting) == place.monthly.best
        parts = (place.capital, place.running, place.risk)
        assert sum(each.best for each in parts) == place.monthly.best


def test_the_range_contains_every_sampled_price() -> None:
    site = _site(gb="0.1")
    decision = _decide(site)
    (wide,) = (each for each in decision.placements[0].alternatives if each.device == "line-box")
    session = _session()
    for labour in ("25", "60", "120"):
        text = _text().replace("labour_per_hour: 60", f"labour_per_hour: {labour}")
        point = decide_again(_bind(text), session.workspace.catalog, session.book, {})
        (place,) = (each for each in point.placements[0].alternatives if each.device == "line-box")
        loose = _bind(_text().replace("labour_per_hour: 60, ", ""))
        range_ = decide_again(loose, session.workspace.catalog, session.book, {})
        (span,) = (each for each in range_.placements[0].alternatives if each.device == "line-box")
        assert span.usd_per_month.low <= place.usd_per_month.low
        assert place.usd_per_month.high <= span.usd_per_month.high
    assert wide.usd_per_month.low <= (wide.usd_per_month.stated or 0) <= wide.usd_per_month.high


@cache
def _session() -> Session:
    return open_session(_ROOT, _TODAY)


def _text(
    *,
    stop: str = "",
    fallback: str = "0",
    outage: str = "10",
    gb: str = "0",
    every: str = "60000",
    then_stop: bool = False,
) -> str:
    text = _PLANT.replace("STOP", stop).replace("FALLBACK", fallback).replace("OUTAGE", outage)
    text = text.replace("GB", gb).replace("EVERY", every)
    if then_stop:
        text = text.replace("lasts_hours: 12", "lasts_hours: 1").replace(
            "then: human", "then: stop"
        )
        text = text.replace("rebuild_hours: 8", "rebuild_hours: 1")
    return text


def _site(**changes: str | bool) -> Site:
    return _bind(_text(**changes))  # type: ignore[arg-type]


def _bind(text: str) -> Site:
    workspace = _session().workspace
    source = read_plant(text.encode(), "sites/flaky/site.yaml", "flaky", workspace.layers)
    assert isinstance(source, PlantSource), source
    return bind_site(source, workspace.catalog)


def _decide(site: Site) -> Decision:
    session = _session()
    return decide_again(site, session.workspace.catalog, session.book, {})


def _cost(site: Site, decision: Decision) -> PlantCost:
    session = _session()
    return cost_plant(site, session.workspace.catalog, session.book.thresholds, decision, _TODAY)


def _chosen(decision: Decision) -> str:
    assert decision.placements, decision.withheld
    return decision.placements[0].inference_tier


def _place(cost: PlantCost, name: str) -> AlternativeCost:
    return next(each for each in cost.use_cases[0].alternatives if each.name == name)
