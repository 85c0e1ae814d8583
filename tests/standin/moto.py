"""Passes what is made to a moto server on loopback, and reads it back from there.

boto3 checks each request against AWS's service models and moto keeps the result, so that a
bucket, its policy, a role or a thing is really there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from tests.standin.calls import CALLS, Call
from tests.standin.cloud import Refused

Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moto:
    """A moto server at `url`; types without calls are left to the file."""

    url: str
    region: str

    def make(self, type_: str, inputs: Inputs) -> str | None:
        """The id that the server gave, where it gives one."""
        call = CALLS.get(type_)
        if call is None:
            return None
        given = {name: of for name, of in call.names.items() if of != "id"}
        answer = self._ask(call, call.make, inputs, given, call.sends(self._facts(inputs)))
        made: str | None = answer.get("KeyMetadata", {}).get("KeyId")
        if made is not None and inputs.get("enableKeyRotation"):
            self._ask(call, "enable_key_rotation", {"id": made}, call.names)
        return made

    def change(self, type_: str, inputs: Inputs) -> None:
        call = CALLS.get(type_)
        if call is not None and call.change is not None:
            self._ask(call, call.change, inputs, call.names, call.sends(self._facts(inputs)))

    def remove(self, type_: str, id_: str, inputs: Inputs) -> None:
        if (call := CALLS.get(type_)) is not None:
            self._ask(call, call.remove, {**inputs, "id": id_}, call.names)

    def read(self, type_: str, id_: str, inputs: Inputs) -> Inputs | None:
        """The inputs that the server knows, as they are there; None where it is gone."""
        call = CALLS.get(type_)
        if call is None:
            return {}
        try:
            answer = self._ask(call, call.read, {**inputs, "id": id_}, call.names)
        except Refused:
            return None
        return call.finds(answer)

    def _facts(self, inputs: Inputs) -> Inputs:
        return {**inputs, "region": self.region}

    def _ask(
        self,
        call: Call,
        operation: str,
        inputs: Inputs,
        names: Mapping[str, str],
        more: Inputs | None = None,
    ) -> Mapping[str, Any]:
        """Raises Refused with what the server, or botocore's model of the request, says."""
        client = boto3.client(
            call.service,
            endpoint_url=self.url,
            region_name=self.region,
            aws_access_key_id="standin",
            aws_secret_access_key="standin",
        )
        parameters = {name: inputs[of] for name, of in names.items()} | dict(more or {})
        try:
            answer: Mapping[str, Any] = getattr(client, operation)(**parameters)
        except ClientError as error:
            raise Refused(str(error)) from error
        return answer
