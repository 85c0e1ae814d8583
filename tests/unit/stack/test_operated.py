"""What people get: queues with a promise, and alarms that know when silence is normal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.decision import Decision, Pattern
from edgeward.quantity import between, exact, unknown
from edgeward.site import Arrives, Batch, Site
from edgeward.stack.monitoring import drift_alarm, silence_hours
from edgeward.stack.operated import AlarmPlan
from edgeward.stack.plan import plan_stack
from edgeward.use_case import Bands, Condition, Outcome, Review
from tests.samples import CAP_CHECK, CATALOG, DECISION, FRAMES, PLACEMENT, SITE

REVIEW = Review("quality", exact(1), exact(10), exact(0.01), exact(8))
BANDS = Bands(exact(0.9), exact(0.6), "human", "safe_action")
DRIFT = Condition("reject_rate", exact(0.02), "7d", "retrain")


def _site(**changes: object) -> Site:
    return replace(SITE, use_cases=(replace(CAP_CHECK, **changes),))


def _alarms(site: Site, decision: Decision = DECISION) -> dict[str, AlarmPlan]:
    monitoring = plan_stack(site, decision, CATALOG).monitoring
    assert monitoring is not None
    return {alarm.name: alarm for alarm in monitoring.alarms}


def test_what_is_deferred_to_people_waits_in_a_queue_with_the_time_they_promised() -> None:
    site = _site(review=REVIEW, bands=BANDS)
    queue = next(
        q for q in plan_stack(site, DECISION, CATALOG).queues if q.name == "review-cap-check"
    )
    assert queue.topics == ("bottling-brno/line2-gpu/streams/cap-frames/#",)
    assert (queue.answer_seconds, queue.busy_seconds) == (8 * 3600, 300)
    late = _alarms(site)["review-cap-check-late"]
    assert (late.metric.metric, late.threshold) == ("ApproximateAgeOfOldestMessage", 8 * 3600)


def test_uploaded_items_come_to_the_reviewers_as_events_of_their_files() -> None:
    site = replace(
        _site(review=REVIEW), connectivity=replace(SITE.connectivity, tier="offline_first")
    )
    plan = plan_stack(site, DECISION, CATALOG)
    queue = next(queue for queue in plan.queues if queue.name == "review-cap-check")
    assert (queue.topics, queue.files) == ((), ("streams/cap-frames/",))
    assert plan.landing is not None
    assert plan.landing.tells_of_files


def test_without_reviewers_nothing_waits_for_them() -> None:
    assert [queue.name for queue in plan_stack(SITE, DECISION, CATALOG).queues] == ["promotions"]


def test_an_approved_model_waits_for_the_change_that_brings_it_to_the_plant() -> None:
    (promotions,) = plan_stack(SITE, DECISION, CATALOG).queues
    assert promotions.approved == ("edgeward-bottling-brno--cap-check",)
    inside = replace(PLACEMENT, training_tier="plant", pattern=Pattern.LOCAL_ONLY)
    assert plan_stack(SITE, replace(DECISION, placements=(inside,)), CATALOG).queues == ()


def test_a_heartbeat_waits_for_the_worst_outage_and_the_time_off() -> None:
    silent = _alarms(SITE)["ingestion-cap-frames-silent"]
    assert silent.periods == 8 + (168 - 80) + 1
    assert (silent.period_seconds, silent.silence, silent.above) == (3600, "breaching", False)


@pytest.mark.parametrize(
    ("outage", "hours"),
    [(exact(0), 89), (between(2, 12, "x", 8), 101), (exact(200), None), (unknown("x"), None)],
)
def test_silence_is_as_long_as_the_plant_says_or_there_is_no_heartbeat(
    outage: object, hours: int | None
) -> None:
    site = replace(SITE, connectivity=replace(SITE.connectivity, worst_outage_hours=outage))
    assert silence_hours(site, FRAMES) == hours
    assert ("ingestion-cap-frames-silent" in _alarms(site)) is (hours is not None)


@pytest.mark.parametrize(
    ("arrives", "hours"),
    [
        (Arrives("periodic", period_ms=exact(6 * 3_600_000)), 96 + 6),
        (Arrives("random", per_hour=exact(2)), 96 + 5),
        (Arrives("random", per_hour=unknown("x")), None),
        (Arrives("batch", batch=Batch(exact(10), exact(2))), 96 + 12),
        (Arrives("free_running"), 96),
        (None, None),
    ],
)
def test_a_slow_stream_may_be_silent_for_longer(arrives: Arrives | None, hours: int | None) -> None:
    assert silence_hours(SITE, replace(FRAMES, arrives=arrives)) == hours


def test_a_plant_that_is_offline_first_pages_nobody_for_being_offline() -> None:
    site = replace(SITE, connectivity=replace(SITE.connectivity, tier="offline_first"))
    assert [name for name in _alarms(site) if "silent" in name] == []


def test_drift_is_looked_at_for_as_long_as_declared() -> None:
    alarm = _alarms(_site(drift=DRIFT))["drift-cap-check"]
    assert (alarm.period_seconds, alarm.periods, alarm.threshold) == (86400, 7, 0.02)
    assert alarm.metric.namespace == "edgeward/bottling-brno"
    assert alarm.silence == "missing"


@pytest.mark.parametrize(
    "drift",
    [
        replace(DRIFT, over="30d"),
        replace(DRIFT, over=None),
        replace(DRIFT, metric=None),
        replace(DRIFT, above=unknown("x")),
    ],
)
def test_drift_that_no_alarm_can_see_has_none(drift: Condition) -> None:
    assert "drift-cap-check" not in _alarms(_site(drift=drift))


def test_only_drift_that_leads_to_training_calls_for_it() -> None:
    case = replace(CAP_CHECK, drift=DRIFT)
    assert drift_alarm(SITE, case) == "edgeward-bottling-brno--drift-cap-check"
    assert drift_alarm(SITE, replace(case, drift=replace(DRIFT, then="retire"))) is None


def test_the_dashboard_has_the_three_layers() -> None:
    outcome = Outcome("complaints per million", exact(40), exact(15))
    monitoring = plan_stack(_site(drift=DRIFT, outcome=outcome), DECISION, CATALOG).monitoring
    assert monitoring is not None
    assert list(monitoring.charts) == ["Infrastructure", "Inference", "Business outcome"]


def test_what_the_cloud_trains_for_a_device_is_signed() -> None:
    assert plan_stack(SITE, DECISION, CATALOG).signing is not None
    in_cloud = replace(PLACEMENT, inference_tier="cloud", device="cloud")
    assert plan_stack(SITE, replace(DECISION, placements=(in_cloud,)), CATALOG).signing is None
