"""Where what leaves a plant is kept: the bucket of its stack, or one that is there already."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, slots=True)
class Store:
    """A bucket by its name, which policies know before it is made.

    `made` is what has to be there first. Without `key_arn` the bucket encrypts as its owner says.
    """

    bucket: str
    key_arn: pulumi.Output[str] | None = None
    made: tuple[pulumi.Resource, ...] = ()


def look_up_store(bucket: str, region: str, provider: aws.Provider) -> Store:
    """A bucket that somebody else keeps: nothing of it is set. Raises RunError if it cannot be."""
    try:
        found = aws.s3.get_bucket(bucket=bucket, opts=pulumi.InvokeOptions(provider=provider))
    except Exception as error:  # whatever the provider says; pulumi has no type for it
        raise pulumi.RunError(f"existing.bucket: {bucket} cannot be looked up: {error}") from error
    if found.bucket_region != region:
        where = f"is in {found.bucket_region}, and the plant in {region}"
        raise pulumi.RunError(f"existing.bucket: {bucket} {where}; name one of the same region")
    return Store(bucket)
