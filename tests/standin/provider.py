"""The stand-in as a Pulumi provider: gRPC in front of an account; run as `pulumi-resource-aws`.

STANDIN_CLOUD is the file that plays the cloud, STANDIN_MOTO the URL of a moto server, if any.
STANDIN_HOLD ends the URN of what is made and never answered for, for tests of a crash.
"""
# ruff: noqa: N802, ARG002  (names and parameters are the protocol's)

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from tests.standin.account import Account, problems, with_name
from tests.standin.cloud import Cloud, Refused
from tests.standin.controlled import CONTROLLED, replaces
from tests.standin.declared import Problem, provider_problems
from tests.standin.moto import Moto
from tests.standin.services import SERVICES

_VERSION = version("pulumi-aws")
_MESSAGE_LIMIT = 400 << 20

Context = grpc.ServicerContext


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One configured provider; the method names are the protocol's."""

    def __init__(self, cloud: Cloud, moto: str | None, hold: str | None) -> None:
        self._account = Account(cloud)
        self._moto = moto
        self._hold = hold

    def Handshake(self, request: Any, context: Context) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=False, accept_resources=False, accept_outputs=False
        )

    def GetPluginInfo(self, request: Any, context: Context) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=_VERSION)

    def Cancel(self, request: Any, context: Context) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def CheckConfig(self, request: Any, context: Context) -> provider_pb2.CheckResponse:
        found = provider_problems(_plain(request.news))
        return provider_pb2.CheckResponse(inputs=request.news, failures=_failures(found))

    def DiffConfig(self, request: Any, context: Context) -> provider_pb2.DiffResponse:
        regions = [_plain(config).get("region") for config in (request.olds, request.news)]
        replaces = ["region"] if regions[0] != regions[1] else []
        some = provider_pb2.DiffResponse.DIFF_SOME if replaces else _SAME
        return provider_pb2.DiffResponse(changes=some, replaces=replaces, diffs=replaces)

    def Configure(self, request: Any, context: Context) -> provider_pb2.ConfigureResponse:
        region = _plain(request.args)["region"]
        moto = Moto(self._moto, region) if self._moto else None
        self._account = Account(self._account.cloud, region=region, moto=moto)
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Invoke(self, request: Any, context: Context) -> provider_pb2.InvokeResponse:
        if request.tok == "aws:s3/getBucket:getBucket":
            with _answering(context):
                found = self._account.look_up_bucket(_plain(request.args)["bucket"])
            return provider_pb2.InvokeResponse(**{"return": _struct(found)})
        if request.tok != "aws:index/getCallerIdentity:getCallerIdentity":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"the stand-in has no {request.tok}")
        number = self._account.number
        arn = f"arn:{self._account.partition}:iam::{number}:user/standin"
        caller = {"accountId": number, "arn": arn, "userId": "AIDASTANDIN", "id": number}
        return provider_pb2.InvokeResponse(**{"return": _struct(caller)})

    def Check(self, request: Any, context: Context) -> provider_pb2.CheckResponse:
        type_, logical = _type(request.urn), request.urn.rsplit("::", 1)[1]
        seed = request.randomSeed or os.urandom(4)
        inputs = with_name(type_, _plain(request.news), _plain(request.olds), logical, seed)
        found = problems(type_, inputs)
        return provider_pb2.CheckResponse(inputs=_struct(inputs), failures=_failures(found))

    def Diff(self, request: Any, context: Context) -> provider_pb2.DiffResponse:
        old, new = _plain(request.old_inputs), _plain(request.news)
        ignored = set(request.ignoreChanges)
        changed = {k for k in {*old, *new} - ignored if old.get(k) != new.get(k)}
        type_ = _type(request.urn)
        forced = changed & SERVICES[type_].replaces
        if type_ == CONTROLLED and "desiredState" in changed and replaces(old, new):
            forced |= {"desiredState"}
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME if changed else _SAME,
            diffs=sorted(changed),
            replaces=sorted(forced),
            hasDetailedDiff=True,
            detailedDiff={name: _difference(name, old, new, name in forced) for name in changed},
        )

    def Create(self, request: Any, context: Context) -> provider_pb2.CreateResponse:
        type_, inputs = _type(request.urn), _plain(request.properties)
        if request.preview:
            outputs = self._account.preview(type_, inputs)
            return provider_pb2.CreateResponse(id="", properties=_struct(outputs))
        with _answering(context):
            id_, outputs = self._account.create(type_, inputs)
        while self._hold and request.urn.endswith(self._hold):
            time.sleep(1)
        return provider_pb2.CreateResponse(id=id_, properties=_struct(outputs))

    def Read(self, request: Any, context: Context) -> provider_pb2.ReadResponse:
        found = self._account.read(_type(request.urn), request.id)
        if found is None:
            return provider_pb2.ReadResponse(id="")
        inputs, outputs = found
        return provider_pb2.ReadResponse(
            id=request.id, inputs=_struct(inputs), properties=_struct(outputs)
        )

    def Update(self, request: Any, context: Context) -> provider_pb2.UpdateResponse:
        type_, inputs = _type(request.urn), _plain(request.news)
        if request.preview:
            outputs = {**_plain(request.olds), **inputs}
        else:
            with _answering(context):
                outputs = self._account.update(type_, request.id, inputs)
        return provider_pb2.UpdateResponse(properties=_struct(outputs))

    def Delete(self, request: Any, context: Context) -> empty_pb2.Empty:
        with _answering(context):
            self._account.delete(_type(request.urn), request.id)
        return empty_pb2.Empty()


_SAME = provider_pb2.DiffResponse.DIFF_NONE


@contextmanager
def _answering(context: Context) -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(refusal))


def _difference(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], forced: bool
) -> provider_pb2.PropertyDiff:
    kind = "ADD" if name not in old else "DELETE" if name not in new else "UPDATE"
    full = f"{kind}_REPLACE" if forced else kind
    return provider_pb2.PropertyDiff(
        kind=provider_pb2.PropertyDiff.Kind.Value(full), inputDiff=True
    )


def _failures(found: Iterable[Problem]) -> list[provider_pb2.CheckFailure]:
    return [provider_pb2.CheckFailure(property=each.at, reason=each.reason) for each in found]


def _type(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]


def _plain(message: struct_pb2.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = json_format.MessageToDict(message)
    return plain


def _struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())


def main() -> None:
    """Serves until the engine that started it is gone; the port goes to its standard output."""
    cloud = Cloud(Path(os.environ["STANDIN_CLOUD"]))
    provider = Provider(cloud, os.environ.get("STANDIN_MOTO"), os.environ.get("STANDIN_HOLD"))
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=16),
        options=[("grpc.max_receive_message_length", _MESSAGE_LIMIT)],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    engine = os.getppid()
    while os.getppid() == engine:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main()
