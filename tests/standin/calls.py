"""Which AWS calls make, change, remove and read back a resource type, as boto3 sends them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.standin import services as s

Values = Mapping[str, Any]


def _nothing(_: Values) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Call:
    """Operations of a boto3 client of `service`.

    `names` gives parameters that say which resource is meant, by input (or `id`); `sends` the
    other parameters of making and changing; `finds` the inputs in the answer to `read`.
    """

    service: str
    make: str
    remove: str
    read: str
    names: Mapping[str, str]
    sends: Callable[[Values], Values] = _nothing
    finds: Callable[[Values], Values] = _nothing
    change: str | None = None


def _of_bucket(
    put: str,
    remove: str,
    read: str,
    sends: Callable[[Values], Values],
    finds: Callable[[Values], Values] = _nothing,
) -> Call:
    """A setting of a bucket; `put` both makes and changes it."""
    return Call("s3", put, remove, read, {"Bucket": "bucket"}, sends, finds, change=put)


def _aws(value: Any) -> Any:
    """Property names as AWS writes them, at any depth, and whole numbers as such."""
    if isinstance(value, list):
        return [_aws(item) for item in value]
    if isinstance(value, dict):
        return {_ODD.get(k) or k[0].upper() + k[1:]: _aws(item) for k, item in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


_ODD = {"id": "ID", "sseAlgorithm": "SSEAlgorithm", "kmsMasterKeyId": "KMSMasterKeyID"}


def _pulumi(value: Values) -> dict[str, Any]:
    return {name[0].lower() + name[1:]: item for name, item in value.items()}


def _location(inputs: Values) -> Values:
    region = inputs["region"]
    if region == "us-east-1":
        return {}
    return {"CreateBucketConfiguration": {"LocationConstraint": region}}


def _flags(inputs: Values) -> Values:
    return {name: value for name, value in _aws(inputs).items() if isinstance(value, bool)}


def _text(name: str, found: Any) -> Values:
    """A policy as text, which boto3 has parsed for some services."""
    return {name: found if isinstance(found, str) else json.dumps(found, sort_keys=True)}


def _attributes(inputs: Values) -> Values:
    return {"attributePayload": {"attributes": inputs.get("attributes", {})}}


CALLS: Mapping[str, Call] = {
    s.BUCKET: Call(
        "s3", "create_bucket", "delete_bucket", "head_bucket", {"Bucket": "bucket"}, _location
    ),
    s.BUCKET_POLICY: _of_bucket(
        "put_bucket_policy",
        "delete_bucket_policy",
        "get_bucket_policy",
        lambda i: {"Policy": i["policy"]},
        lambda answer: {"policy": answer["Policy"]},
    ),
    s.PUBLIC_BLOCK: _of_bucket(
        "put_public_access_block",
        "delete_public_access_block",
        "get_public_access_block",
        lambda i: {"PublicAccessBlockConfiguration": _flags(i)},
        lambda answer: _pulumi(answer["PublicAccessBlockConfiguration"]),
    ),
    s.OWNERSHIP: _of_bucket(
        "put_bucket_ownership_controls",
        "delete_bucket_ownership_controls",
        "get_bucket_ownership_controls",
        lambda i: {"OwnershipControls": {"Rules": [_aws(i["rule"])]}},
        lambda answer: {"rule": _pulumi(answer["OwnershipControls"]["Rules"][0])},
    ),
    s.ENCRYPTION: _of_bucket(
        "put_bucket_encryption",
        "delete_bucket_encryption",
        "get_bucket_encryption",
        lambda i: {"ServerSideEncryptionConfiguration": {"Rules": _aws(i["rules"])}},
    ),
    s.LIFECYCLE: _of_bucket(
        "put_bucket_lifecycle_configuration",
        "delete_bucket_lifecycle",
        "get_bucket_lifecycle_configuration",
        lambda i: {"LifecycleConfiguration": {"Rules": _aws(i["rules"])}},
    ),
    s.ROLE: Call(
        "iam",
        "create_role",
        "delete_role",
        "get_role",
        {"RoleName": "name"},
        lambda i: {"AssumeRolePolicyDocument": i["assumeRolePolicy"]},
        lambda answer: _text("assumeRolePolicy", answer["Role"]["AssumeRolePolicyDocument"]),
    ),
    s.ROLE_POLICY: Call(
        "iam",
        "put_role_policy",
        "delete_role_policy",
        "get_role_policy",
        {"RoleName": "role", "PolicyName": "name"},
        lambda i: {"PolicyDocument": i["policy"]},
        lambda answer: _text("policy", answer["PolicyDocument"]),
        change="put_role_policy",
    ),
    s.KEY: Call(
        "kms",
        "create_key",
        "schedule_key_deletion",
        "describe_key",
        {"KeyId": "id"},
        lambda i: {"Description": i.get("description", "")},
        lambda answer: {"description": answer["KeyMetadata"]["Description"]},
    ),
    s.THING: Call(
        "iot",
        "create_thing",
        "delete_thing",
        "describe_thing",
        {"thingName": "name"},
        _attributes,
        lambda answer: {"attributes": answer["attributes"]},
        change="update_thing",
    ),
    s.THING_GROUP: Call(
        "iot",
        "create_thing_group",
        "delete_thing_group",
        "describe_thing_group",
        {"thingGroupName": "name"},
    ),
    s.IOT_POLICY: Call(
        "iot",
        "create_policy",
        "delete_policy",
        "get_policy",
        {"policyName": "name"},
        lambda i: {"policyDocument": i["policy"]},
        lambda answer: _text("policy", answer["policyDocument"]),
    ),
    s.QUEUE: Call("sqs", "create_queue", "delete_queue", "get_queue_url", {"QueueName": "name"}),
}
