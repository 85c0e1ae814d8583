"""Which AWS calls make, remove and read back a resource type, as boto3 sends them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.standin import services as s

Client = Any
Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """With a client of `service`. `make` may give the id; `read` gives inputs as they are there."""

    service: str
    make: Callable[[Client, Inputs], str | None]
    remove: Callable[[Client, Inputs, str], object]
    read: Callable[[Client, Inputs, str], Inputs]
    change: Callable[[Client, Inputs], object] | None = None


def _bucket(c: Client, i: Inputs) -> None:
    region = c.meta.region_name
    where = {} if region == "us-east-1" else {"LocationConstraint": region}
    c.create_bucket(
        Bucket=i["bucket"], **({"CreateBucketConfiguration": where} if where else {})
    )


def _pascal(value: Any) -> Any:
    """Property names as AWS writes them; pulumi-aws only changes their first letter."""
    if isinstance(value, list):
        return [_pascal(item) for item in value]
    if isinstance(value, dict):
        return {k[0].upper() + k[1:]: _pascal(v) for k, v in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _setting(put: Callable[[Client, Inputs], None], remove: str, read: str, found: Any) -> Call:
    """A setting of a bucket; `found` picks the inputs out of the answer."""
    return Call(
        "s3",
        make=put,
        change=put,
        remove=lambda c, i, _: getattr(c, remove)(Bucket=i["bucket"]),
        read=lambda c, i, _: found(getattr(c, read)(Bucket=i["bucket"])),
    )


def _policy(c: Client, i: Inputs) -> None:
    c.put_bucket_policy(Bucket=i["bucket"], Policy=i["policy"])


def _public_block(c: Client, i: Inputs) -> None:
    flags = {k: v for k, v in _pascal(i).items() if isinstance(v, bool)}
    c.put_public_access_block(Bucket=i["bucket"], PublicAccessBlockConfiguration=flags)


def _ownership(c: Client, i: Inputs) -> None:
    controls = {"Rules": [_pascal(i["rule"])]}
    c.put_bucket_ownership_controls(Bucket=i["bucket"], OwnershipControls=controls)


def _encryption(c: Client, i: Inputs) -> None:
    rules = _pascal(i["rules"])
    for rule in rules:
        default = rule["ApplyServerSideEncryptionByDefault"]
        default["SSEAlgorithm"] = default.pop("SseAlgorithm")
        default["KMSMasterKeyID"] = default.pop("KmsMasterKeyId")
    settings = {"Rules": rules}
    c.put_bucket_encryption(Bucket=i["bucket"], ServerSideEncryptionConfiguration=settings)


def _versioning(c: Client, i: Inputs) -> None:
    status = _pascal(i["versioningConfiguration"])
    c.put_bucket_versioning(Bucket=i["bucket"], VersioningConfiguration=status)


def _lifecycle(c: Client, i: Inputs) -> None:
    rules = _pascal(i["rules"])
    for rule in rules:
        rule["ID"] = rule.pop("Id")
    c.put_bucket_lifecycle_configuration(
        Bucket=i["bucket"], LifecycleConfiguration={"Rules": rules}
    )


def _document(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _role(c: Client, i: Inputs) -> None:
    c.create_role(RoleName=i["name"], AssumeRolePolicyDocument=i["assumeRolePolicy"])


def _trust(c: Client, i: Inputs) -> None:
    c.update_assume_role_policy(RoleName=i["name"], PolicyDocument=i["assumeRolePolicy"])


def _role_policy(c: Client, i: Inputs) -> None:
    c.put_role_policy(RoleName=i["role"], PolicyName=i["name"], PolicyDocument=i["policy"])


def _key(c: Client, i: Inputs) -> str:
    made: str = c.create_key(Description=i.get("description", ""))["KeyMetadata"]["KeyId"]
    if i.get("enableKeyRotation"):
        c.enable_key_rotation(KeyId=made)
    return made


def _alias(c: Client, i: Inputs) -> None:
    c.create_alias(AliasName=i["name"], TargetKeyId=i["targetKeyId"])


def _thing(c: Client, i: Inputs) -> None:
    c.create_thing(thingName=i["name"], attributePayload={"attributes": i.get("attributes", {})})


def _thing_group(c: Client, i: Inputs) -> None:
    c.create_thing_group(thingGroupName=i["name"])


def _iot_policy(c: Client, i: Inputs) -> None:
    c.create_policy(policyName=i["name"], policyDocument=i["policy"])


def _iot_version(c: Client, i: Inputs) -> None:
    c.create_policy_version(
        policyName=i["name"], policyDocument=i["policy"], setAsDefault=True
    )


def _queue(c: Client, i: Inputs) -> None:
    c.create_queue(QueueName=i["name"])


CALLS: Mapping[str, Call] = {
    s.BUCKET: Call(
        "s3",
        _bucket,
        lambda c, _, id_: c.delete_bucket(Bucket=id_),
        lambda c, _, id_: {} if c.head_bucket(Bucket=id_) else {},
    ),
    s.BUCKET_POLICY: _setting(
        _policy,
        "delete_bucket_policy",
        "get_bucket_policy",
        lambda answer: {"policy": answer["Policy"]},
    ),
    s.PUBLIC_BLOCK: _setting(
        _public_block,
        "delete_public_access_block",
        "get_public_access_block",
        lambda answer: {
            k[0].lower() + k[1:]: v
            for k, v in answer["PublicAccessBlockConfiguration"].items()
        },
    ),
    s.OWNERSHIP: _setting(
        _ownership,
        "delete_bucket_ownership_controls",
        "get_bucket_ownership_controls",
        lambda answer: {
            "rule": {"objectOwnership": answer["OwnershipControls"]["Rules"][0]["ObjectOwnership"]}
        },
    ),
    s.ENCRYPTION: _setting(
        _encryption, "delete_bucket_encryption", "get_bucket_encryption", lambda _: {}
    ),
    s.LIFECYCLE: _setting(
        _lifecycle,
        "delete_bucket_lifecycle",
        "get_bucket_lifecycle_configuration",
        lambda _: {},
    ),
    s.VERSIONING: Call(
        "s3",
        _versioning,
        lambda c, i, _: c.put_bucket_versioning(
            Bucket=i["bucket"], VersioningConfiguration={"Status": "Suspended"}
        ),
        lambda c, i, _: {
            "versioningConfiguration": {
                "status": c.get_bucket_versioning(Bucket=i["bucket"])["Status"]
            }
        },
        _versioning,
    ),
    s.ROLE: Call(
        "iam",
        _role,
        lambda c, _, id_: c.delete_role(RoleName=id_),
        lambda c, i, _: _same_document(
            i, "assumeRolePolicy", c.get_role(RoleName=i["name"])["Role"]["AssumeRolePolicyDocument"]
        ),
        _trust,
    ),
    s.ROLE_POLICY: Call(
        "iam",
        _role_policy,
        lambda c, i, _: c.delete_role_policy(RoleName=i["role"], PolicyName=i["name"]),
        lambda c, i, _: _same_document(
            i,
            "policy",
            c.get_role_policy(RoleName=i["role"], PolicyName=i["name"])["PolicyDocument"],
        ),
        _role_policy,
    ),
    s.KEY: Call(
        "kms",
        _key,
        lambda c, _, id_: c.schedule_key_deletion(KeyId=id_, PendingWindowInDays=7),
        lambda c, _, id_: {
            "enableKeyRotation": c.get_key_rotation_status(KeyId=id_)["KeyRotationEnabled"]
        },
    ),
    s.ALIAS: Call(
        "kms",
        _alias,
        lambda c, _, id_: c.delete_alias(AliasName=id_),
        lambda c, _, id_: {} if c.describe_key(KeyId=id_) else {},
    ),
    s.THING: Call(
        "iot",
        _thing,
        lambda c, _, id_: c.delete_thing(thingName=id_),
        lambda c, _, id_: {"attributes": c.describe_thing(thingName=id_)["attributes"]},
        lambda c, i: c.update_thing(
            thingName=i["name"], attributePayload={"attributes": i.get("attributes", {})}
        ),
    ),
    s.THING_GROUP: Call(
        "iot",
        _thing_group,
        lambda c, _, id_: c.delete_thing_group(thingGroupName=id_),
        lambda c, _, id_: {} if c.describe_thing_group(thingGroupName=id_) else {},
    ),
    s.IOT_POLICY: Call(
        "iot",
        _iot_policy,
        lambda c, _, id_: c.delete_policy(policyName=id_),
        lambda c, i, id_: _same_document(
            i, "policy", c.get_policy(policyName=id_)["policyDocument"]
        ),
        _iot_version,
    ),
    s.IOT_ATTACHMENT: Call(
        "iot",
        lambda c, i: c.attach_policy(policyName=i["policy"], target=i["target"]) and None,
        lambda c, i, _: c.detach_policy(policyName=i["policy"], target=i["target"]),
        lambda c, i, _: {},
    ),
    s.QUEUE: Call(
        "sqs",
        _queue,
        lambda c, _, id_: c.delete_queue(QueueUrl=id_),
        lambda c, i, _: {} if c.get_queue_url(QueueName=i["name"]) else {},
    ),
}
