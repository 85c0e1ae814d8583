"""AWS Signature Version 4 of one request to S3, as AWS documents it, without query and folding."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Good until `expires`. Without a representation, so that no log ever shows one."""

    key_id: str
    secret: str
    token: str
    expires: datetime


def sign(
    request: tuple[str, str],
    headers: Mapping[str, str],
    payload_sha256: str,
    credentials: Credentials,
    scope: tuple[datetime, str],
) -> dict[str, str]:
    """The headers with those that sign them. `request` is method and path, already quoted, `scope`
    the time in UTC and the region; names of headers are in small letters."""
    now, region = scope
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    signed = {
        **headers,
        "x-amz-content-sha256": payload_sha256,
        "x-amz-date": stamp,
        "x-amz-security-token": credentials.token,
    }
    names = sorted(signed)
    lines = [f"{name}:{signed[name].strip()}\n" for name in names]
    canonical = "\n".join((*request, "", "".join(lines), ";".join(names), payload_sha256))
    where = f"{stamp[:8]}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{credentials.secret}".encode()
    for part in where.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    proof = hmac.digest(key, f"{_ALGORITHM}\n{stamp}\n{where}\n{digest}".encode(), "sha256").hex()
    by = f"Credential={credentials.key_id}/{where}"
    authorization = f"{_ALGORITHM} {by}, SignedHeaders={';'.join(names)}, Signature={proof}"
    return {**signed, "authorization": authorization}
