"""Plans what AWS's agents are told: components and deployments of Greengrass, and pull jobs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from edgeward.declare.pace import Pace
from edgeward.facts.pulling import JOB_MINUTES, pull_job
from edgeward.facts.upload import plant_bucket
from edgeward.names import join_name
from edgeward.site import Site
from edgeward.stack.delivered import (
    ComponentPlan,
    DeliveryPlan,
    DeploymentPlan,
    Handed,
    JobPlan,
    Properties,
)
from edgeward.stack.naming import JOB_TEMPLATE_LIMIT
from edgeward.stack.planned import IdentityPlan
from edgeward.stack.tagging import plan_tags

_KEPT_TAGS = ("managed-by", "site")
"""Those that never change: for another tag, AWS makes another template."""


def plan_delivery(
    site: Site, identities: Sequence[IdentityPlan], handed: Handed
) -> DeliveryPlan | None:
    """For the devices that have an identity; None where no agent of AWS has anything to do."""
    cores = [each for each in identities if _device(each) in handed.deployments]
    pulling = [each for each in identities if _device(each) in handed.pulling]
    if not cores and not pulling:
        return None
    return DeliveryPlan(
        name="delivery",
        bucket=plant_bucket(site),
        components=tuple(_components(cores, handed)),
        deployments=tuple(each for core in cores for each in _deployments(core, handed)),
        jobs=(_job(site, handed.pace),) if pulling else (),
        tags=plan_tags(site),
        declared_at=(cores or pulling)[0].declared_at,
    )


def _device(identity: IdentityPlan) -> str:
    return identity.attributes["device"]


def _components(cores: Iterable[IdentityPlan], handed: Handed) -> Iterator[ComponentPlan]:
    """Named with the version: a new one is made before what runs the old one is gone."""
    deployed = {name for core in cores for name in handed.deployments[_device(core)]["components"]}
    for file, recipe in sorted(handed.recipes.items()):
        told = json.loads(recipe)
        if told["ComponentName"] in deployed:
            name = f"component-{file.partition('.')[0]}-{told['ComponentVersion']}"
            yield ComponentPlan(name, json.dumps(told, sort_keys=True))


def _deployments(core: IdentityPlan, handed: Handed) -> Iterator[DeploymentPlan]:
    """One for each thing, or for the group that things join later."""
    asked = handed.deployments[_device(core)]
    targets = [f"thing/{each}" for each in core.things] or [f"thinggroup/{core.group}"]
    for target in targets:
        name = target.partition("/")[2]
        properties = {
            "DeploymentName": name,
            "Components": {key: _properties(each) for key, each in asked["components"].items()},
            "DeploymentPolicies": _properties(asked["deploymentPolicies"]),
        }
        jobs = {"IotJobConfiguration": _jobs(handed.pace)} if handed.pace else {}
        yield DeploymentPlan(f"deployment-{name}", target, {**properties, **jobs})


def _job(site: Site, pace: Pace | None) -> JobPlan:
    jobs = _jobs(pace) if pace else {"TimeoutConfig": {"InProgressTimeoutInMinutes": JOB_MINUTES}}
    tags = plan_tags(site)
    name = join_name(f"edgeward-{site.name}", "pull-releases", limit=JOB_TEMPLATE_LIMIT)
    return JobPlan(
        "jobs-pull-releases",
        {
            "JobTemplateId": name,
            "Description": f"Boxes of {site.name} look for a release",
            "Document": pull_job(),
            "Tags": [{"Key": key, "Value": tags[key]} for key in _KEPT_TAGS],
            **jobs,
        },
    )


def _jobs(pace: Pace) -> Properties:
    """How a job goes from box to box, as deployments and job templates both take it."""
    ends = {
        "Action": "CANCEL",
        "FailureType": "ALL",
        "MinNumberOfExecutedThings": 1,
        "ThresholdPercentage": pace.failed_percent,
    }
    rate = pace.per_minute
    return {
        **({"JobExecutionsRolloutConfig": {"MaximumPerMinute": rate}} if rate else {}),
        "AbortConfig": {"CriteriaList": [ends]},
        "TimeoutConfig": {"InProgressTimeoutInMinutes": pace.minutes},
    }


def _properties(value: Any) -> Any:
    """As CloudFormation names what the API takes: with a capital letter."""
    if not isinstance(value, dict):
        return value
    return {key[0].upper() + key[1:]: _properties(each) for key, each in value.items()}
