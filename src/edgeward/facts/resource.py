"""What the cloud rules judge: each resource of a plant's graph with what belongs to it joined in.

A bucket's encryption, access block and policy are resources of their own; so is a role's policy.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from edgeward.facts.candidate import in_area
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.quantity import Quantity
from edgeward.site import Site
from edgeward.subjects import Resource

_KINDS = {
    "aws:s3/bucket:Bucket": "bucket",
    "aws:iam/role:Role": "role",
    "aws:iot/policy:Policy": "thing_policy",
    "aws:kms/key:Key": "key",
    "aws:budgets/budget:Budget": "budget",
    "aws:iot/certificate:Certificate": "secret",
    "aws:iam/accessKey:AccessKey": "secret",
    "tls:index/privateKey:PrivateKey": "secret",
}
_TAKES_TAGS = {
    *(type_ for type_, kind in _KINDS.items() if kind != "secret"),
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:iot/roleAlias:RoleAlias",
    "aws:iot/thingGroup:ThingGroup",
    "aws:iot/topicRule:TopicRule",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    "aws:sagemaker/endpoint:Endpoint",
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    "aws:sagemaker/model:Model",
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
    "aws:sagemaker/pipeline:Pipeline",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
}
_NEEDED_TAGS = {"managed-by", "site"}
_GLOBAL = ("aws:iam/", "aws:budgets/")
_HOLDS_RECORDS = {"bucket", "key"}

_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
_BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
_BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"

ONLY_ON_EVERYTHING = {
    "ecr:GetAuthorizationToken",
    "greengrass:GetComponentVersionArtifact",
    "greengrass:GetDeploymentConfiguration",
    "greengrass:ListThingGroupsForCoreDevice",
    "greengrass:ResolveComponentCandidates",
}
"""Actions that AWS grants on every resource or on none, and what a core of Greengrass reads:
the only ones that may have a wildcard."""

_Statement = Mapping[str, Any]


def resource_facts(graph: ResourceGraph, site: Site) -> tuple[Resource, ...]:
    """One subject for each resource that the cloud itself would hold, in the graph's order."""
    return tuple(
        _facts(resource, graph, site)
        for resource in graph.resources
        if resource.custom and not resource.type.startswith("pulumi:providers:")
    )


def _facts(resource: CapturedResource, graph: ResourceGraph, site: Site) -> Resource:
    kind = _KINDS.get(resource.type, "other")
    region = _region(resource, graph)
    residency = site.cloud.residency
    tags = resource.inputs.get("tags")
    bucket = kind == "bucket"
    keeps = kind in _HOLDS_RECORDS
    return Resource(
        id=resource.urn,
        resource=f"{resource.type.rpartition(':')[2]} {resource.name}",
        type=resource.type,
        declared_at=resource.declared_at,
        region=region,
        region_allowed=None if region is None else not residency or in_area(region, residency),
        encrypted=_encrypted(resource, graph) if bucket else None,
        public_access_blocked=_public_access_blocked(resource, graph) if bucket else None,
        tls_only=_tls_only(resource, graph) if bucket else None,
        protected=resource.protect if keeps else None,
        retained=resource.retain_on_delete if keeps else None,
        wildcard_actions=_allows(resource, graph, kind, _any_action),
        wildcard_resources=_allows(resource, graph, kind, _any_resource),
        private_key_in_state=not resource.inputs.get("csr") if kind == "secret" else None,
        retention_as_declared=_retention_as_declared(resource, graph, site) if bucket else None,
        tells_somebody=bool(resource.inputs.get("notifications")) if kind == "budget" else None,
        tagged=set(_mapping(tags)) >= _NEEDED_TAGS if resource.type in _TAKES_TAGS else None,
        kind=kind,
    )


def _region(resource: CapturedResource, graph: ResourceGraph) -> str | None:
    """Its own region, or its provider's; None for what AWS keeps in no region."""
    if resource.type.startswith(_GLOBAL):
        return None
    providers = {each.urn: each for each in graph.resources}
    provider = providers.get((resource.provider or "").rpartition("::")[0])
    region = resource.inputs.get("region") or (provider and provider.inputs.get("region"))
    return region if isinstance(region, str) else None


def _encrypted(bucket: CapturedResource, graph: ResourceGraph) -> bool:
    return any(
        _mapping(rule.get("applyServerSideEncryptionByDefault")).get("sseAlgorithm") == "aws:kms"
        for settings in _belonging(bucket, graph, _ENCRYPTION, "bucket")
        for rule in _mappings(settings.inputs.get("rules"))
    )


def _public_access_blocked(bucket: CapturedResource, graph: ResourceGraph) -> bool:
    blocks = _belonging(bucket, graph, _BLOCK, "bucket")
    return any(all(block.inputs.get(flag) is True for flag in _BLOCKS) for block in blocks)


def _tls_only(bucket: CapturedResource, graph: ResourceGraph) -> bool:
    policies = _belonging(bucket, graph, _BUCKET_POLICY, "bucket")
    return any(
        statement.get("Effect") == "Deny"
        and statement.get("Principal") == "*"
        and "s3:*" in _texts(statement.get("Action"))
        and _mapping(_mapping(statement.get("Condition")).get("Bool")).get("aws:SecureTransport")
        == "false"
        for policy in policies
        for statement in _statements(policy.inputs.get("policy")) or ()
    )


def _retention_as_declared(bucket: CapturedResource, graph: ResourceGraph, site: Site) -> bool:
    """Whether each folder of a stream is emptied after the days that the stream declares.

    The stream that the bucket was made for has to have such a folder.
    """
    declared = {f"streams/{each.name}/": each.retention_days for each in site.streams}
    rules = {
        _mapping(rule.get("filter")).get("prefix"): _mapping(rule.get("expiration")).get("days")
        for settings in _belonging(bucket, graph, _LIFECYCLE, "bucket")
        for rule in _mappings(settings.inputs.get("rules"))
    }
    section, _, name = bucket.declared_at.removesuffix(".leaves").partition(".")
    if section == "streams" and f"streams/{name}/" not in rules:
        return False
    return all(
        isinstance(days, int | float) and _days(declared[prefix]) == days
        for prefix, days in rules.items()
        if prefix in declared
    )


def _days(retention: Quantity) -> float:
    """Whole days, as a bucket counts them: the stated ones, else the longest that is plausible."""
    days = retention.high if retention.stated is None else retention.stated
    return max(1, math.ceil(days)) if math.isfinite(days) else math.inf


def _allows(
    resource: CapturedResource, graph: ResourceGraph, kind: str, wide: Callable[[_Statement], bool]
) -> bool | None:
    """Whether a policy of it allows what is `wide`; None where it has none that is known."""
    if kind == "thing_policy":
        documents = [resource.inputs.get("policy")]
    elif kind == "role":
        owned = _belonging(resource, graph, _ROLE_POLICY, "role")
        documents = [
            resource.inputs.get("assumeRolePolicy"),
            *(p.inputs.get("policy") for p in owned),
        ]
    else:
        return None
    parsed = [_statements(document) for document in documents]
    known = [each for statements in parsed for each in statements or ()]
    if any(each.get("Effect") == "Allow" and wide(each) for each in known):
        return True
    return None if None in parsed else False


def _any_action(statement: _Statement) -> bool:
    return "NotAction" in statement or any("*" in each for each in _texts(statement.get("Action")))


def _any_resource(statement: _Statement) -> bool:
    """Everything, or with no condition to narrow it everything of one kind."""
    actions = set(_texts(statement.get("Action")))
    if actions and actions <= ONLY_ON_EVERYTHING:
        return False
    return "NotResource" in statement or any(
        own.startswith("*")
        or (own.partition("/")[2] == "*" and ":s3:" not in arn and not statement.get("Condition"))
        for arn in _texts(statement.get("Resource"))
        for own in (arn.split(":", 5)[-1],)
    )


def _belonging(
    owner: CapturedResource, graph: ResourceGraph, type_: str, key: str
) -> Iterator[CapturedResource]:
    """The resources of a type whose input `key` refers to `owner`."""
    for other in graph.of_type(type_):
        if owner.urn in (other.property_dependencies or {}).get(key, ()):
            yield other


def _statements(document: object) -> tuple[Mapping[str, Any], ...] | None:
    """The statements of a policy document; None for one that is not known yet."""
    if not isinstance(document, str):
        return None
    return tuple(_mappings(json.loads(document).get("Statement")))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    items = value if isinstance(value, list | tuple) else (value,)
    return (item for item in items if isinstance(item, Mapping))


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
