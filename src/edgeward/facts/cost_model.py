"""The lines of having a model at all: training it, labels, releases, watching it, its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.cost.line import ACCOUNT, Group, Grows, Line
from edgeward.facts.cost_tariff import Rate, Tariff, known
from edgeward.facts.host import Job
from edgeward.quantity import ZERO, Quantity, exact

_TRAINER = "sagemaker_ml_g4dn_xlarge"
_UPDATES: Group = "patching and updates"
_ONE = exact(1)


@dataclass(frozen=True, slots=True)
class Rollouts:
    """How many models a month go to each place, and a person's hours for one of them."""

    per_month: Quantity
    hours_each: Quantity
    source: str


def target_lines(
    targets: Quantity, rollouts: Rollouts, tariff: Tariff, grows: Grows
) -> Iterator[Line]:
    """What each place where the model runs takes: new models, metrics and logs of inference."""
    metric, log = tariff.price("cloudwatch_metric"), tariff.price("cloudwatch_logs_ingest")
    metrics = targets * tariff.range("metrics_per_target")
    logs = targets * tariff.range("logs_gb_per_target_month")
    hours = targets * rollouts.per_month * rollouts.hours_each
    rows: tuple[tuple[Group, str, Quantity, str, Rate, str], ...] = (
        (_UPDATES, "model updates", hours, "hour", tariff.labour, rollouts.source),
        ("monitoring", "metrics", metrics, "metric", metric, "cost.metrics_per_target"),
        ("monitoring", "logs", logs, "GB", log, "cost.logs_gb_per_target_month"),
    )
    for group, name, driver, unit, rate, by in rows:
        yield Line(group, name, driver, unit, rate.usd, (rate.source, by), grows=grows)


def account_lines(tariff: Tariff, delivers: bool) -> Iterator[Line]:
    """What the plant's cloud side has standing, whatever it is used for.

    `delivers`: models go from there to devices, and are signed on the way.
    """
    key, dashboard = tariff.price("kms_key"), tariff.price("cloudwatch_dashboard")
    rows: tuple[tuple[Group, str, str, Rate], ...] = (
        ("storage", "encryption key", "key", key),
        ("monitoring", "dashboard", "dashboard", dashboard),
        *((("storage", "signing key", "key", key),) if delivers else ()),
    )
    for group, name, unit, rate in rows:
        sources = (rate.source, "cloud.region")
        yield Line(group, name, _ONE, unit, rate.usd, sources, grows="site", box=ACCOUNT)


def model_lines(
    job: Job, tariff: Tariff, releases: Quantity, trainings: Quantity
) -> Iterator[Line]:
    """Training, labels, review, releases and the owner's time: the same wherever it runs."""
    labour = tariff.labour

    def line(group: Group, name: str, driver: Quantity, rate: Rate, *, unit: str, by: str) -> Line:
        return Line(group, name, driver, unit, rate.usd, (rate.source, by))

    declared = job.model.training if job.model else None
    gpu_hours = declared.gpu_hours if declared else ZERO
    if not gpu_hours.bounded or declared is None:
        gpu_hours = tariff.range("training_gpu_hours")
    tries = declared.experiments if declared else None
    if tries is None or not tries.bounded:
        tries = tariff.range("training_experiments")
    hours = gpu_hours * tries * trainings
    labels, labels_by = _label_hours(job, tariff)
    trainer, alarm = _trainer(job, tariff), tariff.price("cloudwatch_alarm")
    validating = releases * tariff.range("release_hours")
    owner, alarms = tariff.range("owner_hours_per_month"), tariff.range("alarms_per_use_case")
    path = f"{job.path}.training"
    yield line("cloud training", "training", hours, trainer, unit="hour", by=path)
    labels = labels * trainings
    yield line("labels and review", "labels", labels, labour, unit="hour", by=labels_by)
    yield line(_UPDATES, "releases", validating, labour, unit="hour", by="cost.release_hours")
    yield line(
        "the owner's time", "owner", owner, labour, unit="hour", by="cost.owner_hours_per_month"
    )
    yield line("monitoring", "alarms", alarms, alarm, unit="alarm", by="cost.alarms_per_use_case")


def _label_hours(job: Job, tariff: Tariff) -> tuple[Quantity, str]:
    """Of people, for one new version, and the path that says how many examples it takes."""
    own, by = job.use_case.training, "cost.labels_per_release"
    if _labelled_by_stream(job):
        return ZERO, by
    number = known(own.labels_per_release if own else None, tariff.catalog, by)
    seconds = known(own.label_seconds if own else None, tariff.catalog, "cost.label_seconds")
    if own is not None and own.labels_per_release.bounded:
        by = f"{job.path}.training.labels_per_release"
    return number * seconds.scaled(1 / 3600), by


def _labelled_by_stream(job: Job) -> bool:
    """The right answers come from a stream of the plant, so nobody gives them by hand."""
    source = job.use_case.training.labels_from if job.use_case.training else None
    return any(stream.name == source for stream in job.site.streams)


def review_lines(job: Job, items: Quantity, tariff: Tariff) -> Iterator[Line]:
    """The people who look at what the model was not sure of."""
    review = job.use_case.review
    if review is not None:
        hours = (items * review.expected_share * review.seconds_each).scaled(1 / 3600)
        source = (tariff.labour.source, f"{job.path}.review")
        usd = tariff.labour.usd
        yield Line("labels and review", "review", hours, "hour", usd, source, grows="inference")


def _trainer(job: Job, tariff: Tariff) -> Rate:
    instance = job.model.training.instance if job.model else None
    item = f"sagemaker_ml_{(instance or '').removeprefix('ml.').replace('.', '_')}"
    return tariff.price(item if item in tariff.catalog.prices else _TRAINER)
