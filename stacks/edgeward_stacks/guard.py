"""Refuses a resource that is known to be wrong, whatever program asks for it.

The rules under policies/cloud judge a finished graph; this stands between the program and the
engine, also where a value becomes known only while the stack is updated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

_PUBLIC_ACLS = {"public-read", "public-read-write", "authenticated-read"}
_PUBLIC_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
_PUBLIC_FLAGS = (
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
)
_ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
ONLY_ON_EVERYTHING = {
    "ecr:GetAuthorizationToken",
    "greengrass:GetComponentVersionArtifact",
    "greengrass:GetDeploymentConfiguration",
    "greengrass:ListThingGroupsForCoreDevice",
    "greengrass:ResolveComponentCandidates",
}
"""Actions that AWS grants on every resource or on none, and what a core of Greengrass reads:
the only ones that may have a wildcard."""
_DOCUMENTS = ("policy", "assumeRolePolicy")


class Refused(pulumi.RunError):
    """A resource that must not be made; says which one and why."""


def refuse_known_bad(region: str) -> pulumi.ResourceTransform:
    """A stack transform that changes nothing and stops at the first bad resource."""

    def transform(args: pulumi.ResourceTransformArgs) -> None:
        if args.custom:
            for reason in refusals(args.type_, args.props, args.opts.provider is not None, region):
                raise Refused(f"{args.type_} {args.name}: {reason}")

    return transform


def refusals(
    type_: str, inputs: Mapping[str, Any], has_provider: bool, region: str
) -> Iterator[str]:
    """What is wrong with a resource, by its inputs as they go to the engine."""
    yield from _region_refusals(type_, inputs, has_provider, region)
    yield from _exposure_refusals(type_, inputs)
    yield from _encryption_refusals(type_, inputs)
    yield from _key_refusals(type_, inputs)
    for name in _DOCUMENTS:
        text = inputs.get(name)
        if isinstance(text, str) and text.lstrip().startswith("{"):  # not the name of one
            yield from _document_refusals(name, text)


def _region_refusals(
    type_: str, inputs: Mapping[str, Any], has_provider: bool, region: str
) -> Iterator[str]:
    is_provider = type_.startswith("pulumi:providers:")
    if not is_provider and not has_provider:
        yield "no explicit provider, so the region would be whatever the environment says"
    if inputs.get("region", None if is_provider else region) != region:
        yield f"region {inputs.get('region')}, the plant is in {region}"


def _exposure_refusals(type_: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    if inputs.get("acl") in _PUBLIC_ACLS:
        yield f"the access list {inputs['acl']} is public"
    if type_ == _PUBLIC_BLOCK and not all(inputs.get(flag) is True for flag in _PUBLIC_FLAGS):
        yield f"public access must be blocked in full: {', '.join(_PUBLIC_FLAGS)}"


def _encryption_refusals(type_: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    signs = inputs.get("keyUsage") == "SIGN_VERIFY"  # a key pair cannot rotate
    if type_ == "aws:kms/key:Key" and not signs and inputs.get("enableKeyRotation") is not True:
        yield "the key does not rotate"
    own_key = inputs.get("kmsMasterKeyId")
    if type_ == "aws:sqs/queue:Queue" and not (own_key or inputs.get("sqsManagedSseEnabled")):
        yield "what waits in it is not encrypted"
    if type_ == _ENCRYPTION:
        defaults = [r.get("applyServerSideEncryptionByDefault") for r in inputs.get("rules") or ()]
        if any((default or {}).get("sseAlgorithm") != "aws:kms" for default in defaults or [None]):
            yield "records are not encrypted with a key of their own (sseAlgorithm aws:kms)"


def _key_refusals(type_: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    made_here = type_ == "aws:iot/certificate:Certificate" and not inputs.get("csr")
    if made_here or type_.startswith("tls:index/privateKey:"):
        yield "its private key would be in the state; sign the device's own request instead"


def _document_refusals(name: str, text: str) -> Iterator[str]:
    for statement in _listed(json.loads(text).get("Statement", [])):
        if statement.get("Effect") != "Allow":
            continue
        if "NotAction" in statement or any("*" in a for a in _listed(statement.get("Action", []))):
            yield f"{name} allows actions by wildcard"
        resources = _listed(statement.get("Resource", []))
        if set(_listed(statement.get("Action", []))) <= ONLY_ON_EVERYTHING:
            continue
        if "NotResource" in statement or any(_is_wide(r, statement) for r in resources):
            yield f"{name} allows more than the resources of this plant"
        if _is_anyone(statement.get("Principal")):
            yield f"{name} allows anyone"


def _is_wide(resource: str, statement: Mapping[str, Any]) -> bool:
    """Whether a resource is everything, or every one of a kind with no condition to narrow it."""
    own = resource.split(":", 5)[-1]
    every_one = own.partition("/")[2] == "*" and ":s3:" not in resource
    return own.startswith("*") or (every_one and not statement.get("Condition"))


def _is_anyone(principal: object) -> bool:
    if isinstance(principal, Mapping):
        return any("*" in _listed(value) for value in principal.values())
    return principal == "*"


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
