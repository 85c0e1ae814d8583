"""Who hears when something is wrong, the alarms, and a dashboard with one chart for each layer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from edgeward.stack.operated import AlarmPlan, MetricPlan, MonitoringPlan
from edgeward_stacks.documents import Account, allow, document

_CHART_SECONDS = 3600
_WIDTH, _HEIGHT = 24, 6


@dataclass(frozen=True, slots=True)
class MonitoringArgs:
    """`also` are topics that hear of every alarm besides the plant's own."""

    plan: MonitoringPlan
    account: Account
    also: tuple[pulumi.Input[str], ...] = ()


class Monitoring(pulumi.ComponentResource):
    """A topic for notices, which hold no records, and everything that is watched."""

    topic: aws.sns.Topic

    def __init__(self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Monitoring", name, None, opts)
        self._name_of = name
        self._child = pulumi.ResourceOptions(parent=self)
        self.topic = self._make_topic(args)
        for alarm in args.plan.alarms:
            self._make_alarm(alarm, args)
        aws.cloudwatch.Dashboard(
            name,
            dashboard_name=args.plan.dashboard,
            dashboard_body=_dashboard(args),
            opts=self._child,
        )
        self.register_outputs({"topic": self.topic.arn})

    def _make_topic(self, args: MonitoringArgs) -> aws.sns.Topic:
        plan = args.plan
        topic = aws.sns.Topic(self._name_of, name=plan.topic, tags=plan.tags, opts=self._child)
        aws.sns.TopicPolicy(
            self._name_of, arn=topic.arn, policy=_publishers(args), opts=self._child
        )
        for number, reader in enumerate(plan.notify):
            aws.sns.TopicSubscription(
                f"{self._name_of}-{number}",
                topic=topic.arn,
                protocol="email",
                endpoint=reader,
                opts=self._child,
            )
        return topic

    def _make_alarm(self, plan: AlarmPlan, args: MonitoringArgs) -> None:
        told = [self.topic.arn, *args.also]
        aws.cloudwatch.MetricAlarm(
            plan.name,
            name=plan.alarm,
            alarm_description=plan.says,
            namespace=plan.metric.namespace,
            metric_name=plan.metric.metric,
            dimensions=plan.metric.dimensions,
            statistic=plan.metric.statistic,
            comparison_operator="GreaterThanThreshold" if plan.above else "LessThanThreshold",
            threshold=plan.threshold,
            period=plan.period_seconds,
            evaluation_periods=plan.periods,
            treat_missing_data=plan.silence,
            alarm_actions=told,
            ok_actions=told,
            tags=args.plan.tags,
            opts=self._child,
        )


def _publishers(args: MonitoringArgs) -> str:
    """Only alarms of this account."""
    topic = args.account.arn("sns", args.plan.topic)
    own = {"StringEquals": {"aws:SourceAccount": args.account.number}}
    publish = allow(["sns:Publish"], [topic], own)
    return document({**publish, "Principal": {"Service": "cloudwatch.amazonaws.com"}})


def _dashboard(args: MonitoringArgs) -> str:
    charts = [
        _chart(title, metrics, args.account.region, number * _HEIGHT)
        for number, (title, metrics) in enumerate(args.plan.charts.items())
    ]
    return json.dumps({"widgets": charts}, sort_keys=True)


def _chart(title: str, metrics: tuple[MetricPlan, ...], region: str, y: int) -> dict[str, Any]:
    rows = [
        [
            each.namespace,
            each.metric,
            *(part for pair in sorted(each.dimensions.items()) for part in pair),
            {"stat": each.statistic},
        ]
        for each in metrics
    ]
    properties = {"title": title, "metrics": rows, "region": region, "period": _CHART_SECONDS}
    place = {"x": 0, "y": y, "width": _WIDTH, "height": _HEIGHT}
    return {"type": "metric", **place, "properties": {**properties, "view": "timeSeries"}}
