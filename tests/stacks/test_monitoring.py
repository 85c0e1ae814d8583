from __future__ import annotations

import json

from edgeward.stack.learned import SigningPlan
from edgeward.stack.operated import AlarmPlan, MetricPlan, MonitoringPlan
from edgeward_stacks.guard import refusals
from edgeward_stacks.monitoring import Monitoring, MonitoringArgs
from edgeward_stacks.signing import Signing
from tests.stacks.alone import ACCOUNT, compile_alone, statements

METRIC = MetricPlan("AWS/IoT", "TopicMatch", {"RuleName": "edgeward_plant__frames"}, "Sum")
ALARM = AlarmPlan(
    name="ingestion-frames-silent",
    alarm="edgeward-plant--ingestion-frames-silent",
    says="Nothing of frames in 9 h",
    metric=METRIC,
    above=False,
    threshold=1,
    period_seconds=3600,
    periods=9,
    silence="breaching",
)
PLAN = MonitoringPlan(
    name="monitoring",
    topic="edgeward-plant",
    notify=("plant-it@example.com",),
    alarms=(ALARM,),
    dashboard="edgeward-plant",
    charts={"Infrastructure": (METRIC,)},
    tags={"site": "plant"},
    declared_at="cloud.region",
)
ARGS = MonitoringArgs(PLAN, ACCOUNT)


def test_an_alarm_tells_the_topic_and_the_topic_its_readers() -> None:
    made = compile_alone(lambda opts: Monitoring("monitoring", ARGS, opts))
    assert sorted(made) == [
        "Dashboard monitoring",
        "MetricAlarm ingestion-frames-silent",
        "Topic monitoring",
        "TopicPolicy monitoring",
        "TopicSubscription monitoring-0",
        "edgeward:cloud:Monitoring monitoring",
    ]
    alarm = made["MetricAlarm ingestion-frames-silent"]
    assert made["Topic monitoring"].urn in (alarm.property_dependencies or {})["alarmActions"]
    assert alarm.inputs["comparisonOperator"] == "LessThanThreshold"
    assert (alarm.inputs["period"], alarm.inputs["evaluationPeriods"]) == (3600, 9)
    assert alarm.inputs["treatMissingData"] == "breaching"


def test_only_alarms_of_the_account_publish() -> None:
    made = compile_alone(lambda opts: Monitoring("monitoring", ARGS, opts))
    (publish,) = statements(made["TopicPolicy monitoring"])
    assert publish["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert publish["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT.number}}


def test_the_dashboard_shows_what_the_alarms_look_at() -> None:
    made = compile_alone(lambda opts: Monitoring("monitoring", ARGS, opts))
    (chart,) = json.loads(str(made["Dashboard monitoring"].inputs["dashboardBody"]))["widgets"]
    assert chart["properties"]["title"] == "Infrastructure"
    assert chart["properties"]["metrics"] == [
        ["AWS/IoT", "TopicMatch", "RuleName", "edgeward_plant__frames", {"stat": "Sum"}]
    ]


def test_the_signing_key_stays_in_kms_and_outlives_the_stack() -> None:
    plan = SigningPlan("signing", "edgeward-plant--models", {"site": "plant"}, "use_cases.check")
    made = compile_alone(lambda opts: Signing("signing", plan, opts))
    assert sorted(made) == ["Alias signing", "Key signing", "edgeward:cloud:Signing signing"]
    key = made["Key signing"]
    assert (key.protect, key.retain_on_delete) == (True, True)
    assert key.inputs["keyUsage"] == "SIGN_VERIFY"
    assert list(refusals(key.type, key.inputs, True, ACCOUNT.region)) == []
