"""Passes what is made to a moto server on loopback, which parses it as AWS's own clients send it.

boto3 checks each request against AWS's service models, and moto keeps the result: a bucket, its
policy, a role, a key or a thing is then really there and read back from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.standin import services as s

Client = Any
Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Call:
    """How one type is made (also when changed), removed and read, with the client of `service`."""

    service: str
    make: Callable[[Client, Inputs], str | None]
    remove: Callable[[Client, Inputs, str], object]
    read: Callable[[Client, Inputs], Inputs]
    change: Callable[[Client, Inputs], object] | None = None


@dataclass(frozen=True, slots=True)
class Moto:
    """A moto server at `url`; types that it is not asked for are left to the file."""

    url: str
    region: str

    def make(self, type_: str, inputs: Inputs) -> str | None:
        """The id that the server gave, where it gives one."""
        call = _CALLS.get(type_)
        return call.make(self._client(call), inputs) if call else None

    def change(self, type_: str, inputs: Inputs) -> None:
        call = _CALLS.get(type_)
        if call and call.change:
            call.change(self._client(call), inputs)

    def remove(self, type_: str, id_: str, inputs: Inputs) -> None:
        if call := _CALLS.get(type_):
            call.remove(self._client(call), inputs, id_)

    def has(self, type_: str, inputs: Inputs) -> bool:
        """Whether it is still there."""
        from botocore.exceptions import ClientError  # noqa: PLC0415

        try:
            self.read(type_, inputs)
        except ClientError:
            return False
        return True

    def read(self, type_: str, inputs: Inputs) -> Inputs:
        """The inputs that the server knows, as they are there."""
        call = _CALLS.get(type_)
        return call.read(self._client(call), inputs) if call else {}

    def _client(self, call: _Call) -> Client:
        import boto3  # noqa: PLC0415

        return boto3.client(
            call.service,
            endpoint_url=self.url,
            region_name=self.region,
            aws_access_key_id="standin",
            aws_secret_access_key="standin",
        )
