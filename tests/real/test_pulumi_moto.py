"""A plant's buckets, keys, roles and policies as AWS's own requests, kept by a moto server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.real.pulumi_cli import PLANT, Workplace

BUCKET = f"edgeward-{PLANT}-123456789012"
UP = ("--yes", "--skip-preview")


@pytest.fixture
def moto() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


def _client(service: str, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def test_a_plant_is_really_there_and_what_is_removed_by_hand_is_seen(
    workplace: Workplace, moto: str
) -> None:
    workplace.init(PLANT)
    workplace.pulumi("up", "-s", PLANT, *UP, online=True, STANDIN_MOTO=moto)
    s3, iam, iot = (_client(service, moto) for service in ("s3", "iam", "iot"))
    policy = json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])
    assert policy["Statement"][0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    (rule,) = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    key = rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"]
    kms = _client("kms", moto)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["Enabled"]
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]
    role = f"edgeward-{PLANT}--blade-damage--training"
    assert iam.list_role_policies(RoleName=role)["PolicyNames"] == ["training"]
    assert iot.describe_thing(thingName=f"{PLANT}--drone-computer")["attributes"]["site"] == PLANT

    looked = ("refresh", "-s", PLANT, "--preview-only", "--expect-no-changes")
    workplace.pulumi(*looked, online=True, STANDIN_MOTO=moto)
    s3.delete_bucket_policy(Bucket=BUCKET)
    seen = workplace.pulumi(*looked, online=True, code=7, STANDIN_MOTO=moto)
    assert "- 1 to delete" in seen.stdout
