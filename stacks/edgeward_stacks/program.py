"""The program behind `pulumi up`: builds a plan, unless its decision does not hold any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pulumi
import pulumi_aws as aws

from edgeward.errors import EdgewardError, UsageError
from edgeward.stack.planned import StackPlan
from edgeward_stacks.access import Access, AccessArgs
from edgeward_stacks.budget import Budget
from edgeward_stacks.delivery import Delivery, DeliveryArgs
from edgeward_stacks.documents import Account
from edgeward_stacks.endpoint import Endpoint, EndpointArgs
from edgeward_stacks.guard import refuse_known_bad
from edgeward_stacks.identity import Identity, IdentityArgs
from edgeward_stacks.ingestion import Ingestion, IngestionArgs
from edgeward_stacks.landing import Landing, LandingArgs
from edgeward_stacks.monitoring import Monitoring, MonitoringArgs
from edgeward_stacks.pipeline import Pipeline, PipelineArgs
from edgeward_stacks.queue import Queue, QueueArgs
from edgeward_stacks.registry import Registry
from edgeward_stacks.signing import Signing
from edgeward_stacks.store import Store, look_up_store
from edgeward_stacks.training import Training, TrainingArgs


def run() -> None:
    """Builds the stack that is being updated, from the plant of the same name."""
    from edgeward.resources import plan_committed  # noqa: PLC0415

    try:
        plan = plan_committed(_root(Path.cwd()), pulumi.get_stack(), _today())
    except EdgewardError as error:
        raise pulumi.RunError(str(error)) from error
    build(plan)


def build(plan: StackPlan) -> None:
    """Makes the components of a plan; an empty one makes nothing and says so."""
    if plan.region is None:
        pulumi.log.info(f"{plan.site} has nothing in the cloud: {plan.empty_because}")
        return
    pulumi.runtime.register_resource_transform(refuse_known_bad(plan.region))
    own = _setting("account")
    provider = aws.Provider(
        "aws", region=plan.region, allowed_account_ids=None if own is None else [own]
    )
    caller = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=provider))
    account = Account(caller.account_id, plan.region, plan.partition)
    _build_components(plan, account, provider)


def _build_components(plan: StackPlan, account: Account, provider: aws.Provider) -> None:
    there = _look_up(plan, provider)  # first: where it is missing, nothing is made
    opts = pulumi.ResourceOptions(providers=[provider])
    identities = [
        Identity(each.name, IdentityArgs(each, account), opts) for each in plan.identities
    ]
    for registry in plan.registries:
        Registry(registry.name, registry, opts)
    if plan.budget is not None:
        Budget(plan.budget.name, plan.budget, opts)
    if plan.signing is not None:
        Signing(plan.signing.name, plan.signing, opts)
    if plan.monitoring is not None:
        watched = MonitoringArgs(plan.monitoring, account, tuple(_platform_notices()))
        Monitoring(plan.monitoring.name, watched, opts)
    if plan.landing is not None:
        args = LandingArgs(plan.landing, account)
        store = there or Landing(plan.landing.name, args, opts).store
        _build_around(store, plan, account, opts)
        if plan.delivery is not None:
            told = DeliveryArgs(plan.delivery, store.bucket, account, (*store.made, *identities))
            Delivery(plan.delivery.name, told, opts)


def _look_up(plan: StackPlan, provider: aws.Provider) -> Store | None:
    if plan.region is None or plan.landing is None or plan.landing.existing is None:
        return None
    return look_up_store(plan.landing.existing, plan.region, provider)


def _platform_notices() -> Iterator[pulumi.Output[str]]:
    """The topic that all plants of the account share, where the stack says which platform it is."""
    platform = _setting("platform")
    if platform is not None:
        yield pulumi.StackReference(platform).require_output("notices")


def _setting(key: str) -> str | None:
    """A value of the stack's own configuration, which `edgeward stack init` writes."""
    return pulumi.Config("edgeward").get(key)


def _build_around(
    store: Store, plan: StackPlan, account: Account, opts: pulumi.ResourceOptions
) -> None:
    """What fills the bucket, takes from it, or waits for what comes into it."""
    bucket = store.bucket
    for access in plan.accesses:
        Access(access.name, AccessArgs(access, bucket, account), opts)
    for ingestion in plan.ingestions:
        Ingestion(ingestion.name, IngestionArgs(ingestion, store, account), opts)
    for training in plan.trainings:
        Training(training.name, TrainingArgs(training, bucket, account), opts)
    for pipeline in plan.pipelines:
        Pipeline(pipeline.name, PipelineArgs(pipeline, bucket, account), opts)
    for endpoint in plan.endpoints:
        Endpoint(endpoint.name, EndpointArgs(endpoint, store, account), opts)
    for queue in plan.queues:
        Queue(queue.name, QueueArgs(queue, bucket, account), opts)


def _root(start: Path) -> Path:
    """The nearest folder at or above `start` that has `sites/`."""
    for folder in (start, *start.parents):
        if (folder / "sites").is_dir():
            return folder
    raise UsageError(f"{start}: no folder with sites/ here or above; run pulumi in the repository")


def _today() -> date:
    """The date that waivers, assumptions and prices are judged on."""
    given = os.environ.get("EDGEWARD_NOW")
    if given is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"EDGEWARD_NOW is {given!r}; write a date such as 2026-11-30") from error
