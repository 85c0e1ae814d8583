"""IAM and IoT policy documents as JSON text, with one order of keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """Where the resources of a plant live; it completes the ARNs that policies name."""

    number: str
    region: str
    partition: str

    def arn(self, service: str, resource: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.number}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """Of what AWS keeps in no region."""
        return f"arn:{self.partition}:{service}::{self.number}:{resource}"

    def bucket_arn(self, bucket: str) -> str:
        return f"arn:{self.partition}:s3:::{bucket}"


def allow(
    actions: Sequence[str], resources: Sequence[str], condition: Statement | None = None
) -> Statement:
    """A statement that permits `actions` on `resources`."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return statement if condition is None else {**statement, "Condition": condition}


def use_key(account: Account, bucket: str, actions: Sequence[str]) -> Statement:
    """Any key, but only through S3 and for this bucket: S3 bucket keys put its ARN in the context.

    The key's own ARN is unknown until it exists, and so would be the whole policy in a preview.
    """
    return allow(
        actions,
        [account.arn("kms", "key/*")],
        {
            "StringEquals": {
                "kms:EncryptionContext:aws:s3:arn": account.bucket_arn(bucket),
                "kms:ViaService": f"s3.{account.region}.amazonaws.com",
            }
        },
    )


def pull_image(image: str) -> list[Statement]:
    """Takes one image from its repository; the token for that is given for all or for none."""
    host, _, rest = image.partition("/")
    number, _, _, region, *_ = host.split(".")
    partition = "aws-cn" if host.endswith(".cn") else "aws"
    repository = rest.partition("@")[0].partition(":")[0]
    arn = f"arn:{partition}:ecr:{region}:{number}:repository/{repository}"
    layers = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
    return [allow(["ecr:GetAuthorizationToken"], ["*"]), allow(layers, [arn])]


def deny_plain(bucket_arn: str) -> Statement:
    """Nobody reaches a bucket without TLS."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def document(*statements: Statement) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, sort_keys=True)
