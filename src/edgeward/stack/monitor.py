"""Plays the engine's part towards a Pulumi program and keeps the raw registrations.

Pulumi's own test mocks hide parent, protection, aliases and dependencies and build wrong URNs
below depth one; this monitor answers as the engine does in a first preview.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from google.protobuf import empty_pb2, json_format, struct_pb2  # type: ignore[import-untyped]
from pulumi.resource import (
    DependencyProviderResource,
    ResourceOptions,
    ResourceTransform,
    ResourceTransformArgs,
)
from pulumi.runtime import rpc
from pulumi.runtime.proto import alias_pb2, engine_pb2, resource_pb2

from edgeward.graph import SECRET, UNKNOWN, CapturedResource, Json

STACK_TYPE = "pulumi:pulumi:Stack"
EXAMPLE_ACCOUNT = "123456789012"
"""The account number that AWS uses in its documentation; a preview has no account."""

_FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
)
_GET_BUCKET = "aws:s3/getBucket:getBucket"
_ANSWERS: dict[str, dict[str, Json]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": {
        "accountId": EXAMPLE_ACCOUNT,
        "arn": f"arn:aws:iam::{EXAMPLE_ACCOUNT}:user/preview",
        "id": EXAMPLE_ACCOUNT,
        "userId": "preview",
    },
}


class CaptureMonitor:
    """The methods that the Pulumi SDK calls on its monitor; `captured` is what it asked for."""

    def __init__(self, project: str, stack: str) -> None:
        self.captured: list[CapturedResource] = []
        self._project = project
        self._stack = stack
        self._transforms: list[ResourceTransform] = []

    def register_stack_transform(self, transform: ResourceTransform) -> None:
        self._transforms.append(transform)

    def RegisterResource(  # noqa: N802
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        self._transform(request)
        resource = _captured(request, self._urn(request.parent, request.type, request.name))
        if any(resource.urn == other.urn for other in self.captured):
            raise ValueError(f"two resources have the URN {resource.urn}")
        self.captured.append(resource)
        return resource_pb2.RegisterResourceResponse(urn=resource.urn, object=request.object)

    def RegisterResourceOutputs(self, _: object) -> empty_pb2.Empty:  # noqa: N802
        return empty_pb2.Empty()

    def Invoke(  # noqa: N802
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        answer = self._answer(request)
        if answer is None:
            raise ValueError(f"{request.tok} asks the cloud, which a preview cannot")
        returned = json_format.ParseDict(answer, struct_pb2.Struct())
        return resource_pb2.ResourceInvokeResponse(**{"return": returned})

    def GetDeploymentInfo(self, _: object) -> resource_pb2.DeploymentInfo:  # noqa: N802
        return resource_pb2.DeploymentInfo(supportedFeatures=_FEATURES)

    def SignalAndWaitForShutdown(self, _: object) -> empty_pb2.Empty:  # noqa: N802
        return empty_pb2.Empty()

    def _answer(self, request: resource_pb2.ResourceInvokeRequest) -> dict[str, Json] | None:
        """A bucket is taken to be in the plant's region; whether it is, the cloud says later."""
        if request.tok != _GET_BUCKET:
            return _ANSWERS.get(request.tok)
        (provider,) = [r for r in self.captured if request.provider.startswith(r.urn)]
        return {"bucket": request.args["bucket"], "bucketRegion": provider.inputs["region"]}

    def _urn(self, parent: str, type_: str, name: str) -> str:
        """The engine's rule: the parents' types in front, except for the stack's own."""
        parent_type = parent.split("::")[2] if parent else STACK_TYPE
        qualified = type_ if parent_type == STACK_TYPE else f"{parent_type}${type_}"
        return f"urn:pulumi:{self._stack}::{self._project}::{qualified}::{name}"

    def _transform(self, request: resource_pb2.RegisterResourceRequest) -> None:
        provider = DependencyProviderResource(request.provider) if request.provider else None
        for transform in self._transforms:
            args = ResourceTransformArgs(
                custom=request.custom,
                type_=request.type,
                name=request.name,
                props=rpc.deserialize_properties(request.object),
                opts=ResourceOptions(provider=provider),
            )
            if transform(args) is not None:
                raise ValueError("a transform may refuse a resource here, not change it")


class CaptureEngine:
    """Takes the program's log; errors are what a failed compile reports."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802
        if request.severity == engine_pb2.ERROR:
            self.errors.append(request.message)


def _captured(request: resource_pb2.RegisterResourceRequest, urn: str) -> CapturedResource:
    depends = {
        key: tuple(sorted(value.urns))
        for key, value in sorted(request.propertyDependencies.items())
        if value.urns
    }
    inputs = cast(dict[str, Json], _plain(json_format.MessageToDict(request.object)))
    return CapturedResource(
        urn=urn,
        type=request.type,
        name=request.name,
        parent=request.parent or None,
        custom=request.custom,
        inputs=inputs,
        provider=request.provider or None,
        protect=request.protect,
        retain_on_delete=request.retainOnDelete,
        delete_before_replace=request.deleteBeforeReplace,
        ignore_changes=tuple(request.ignoreChanges),
        aliases=tuple(_alias_texts(request.aliases)),
        dependencies=tuple(sorted(request.dependencies)),
        property_dependencies=depends or None,
        version=request.version or None,
    )


def _plain(value: Any) -> Json:
    """A wire value as plain JSON: keys sorted, whole numbers as int, the unknowable marked."""
    if value == rpc.UNKNOWN:
        return UNKNOWN
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return _special(value) or {key: _plain(item) for key, item in sorted(value.items())}
    return cast(Json, value)


def _special(value: dict[str, Any]) -> Json:
    """What a signed object of the wire format stands for; None where it is a plain one."""
    kind = value.get(rpc._special_sig_key)
    if kind == rpc._special_secret_sig:
        return SECRET
    if kind == rpc._special_output_value_sig:
        return _plain(value["value"]) if "value" in value else UNKNOWN
    return cast(Json, value["urn"]) if kind == rpc._special_resource_sig else None


def _alias_texts(aliases: Iterable[alias_pb2.Alias]) -> list[str]:
    """Former URNs, and former types, names or parents as JSON."""
    return [
        alias.urn or json.dumps(json_format.MessageToDict(alias.spec), sort_keys=True)
        for alias in aliases
    ]
