"""What the plant's program and the provider refuse in the real engine, and how it reads."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real.pulumi_cli import PLANT, ROOT, Workplace, copy_workplace, told


def _without_lock(workplace: Workplace) -> None:
    (workplace.site(PLANT) / "decision.lock.yaml").unlink()


def _with_another_box(workplace: Workplace) -> None:
    workplace.edit(PLANT, "drone-computer", "drone-board")


def _with_a_damaged_file(workplace: Workplace) -> None:
    workplace.edit(PLANT, "retention_days: 30", "retention_days: soon")


def _as_it_is(workplace: Workplace) -> None: ...


REFUSED: dict[str, tuple[str, Callable[[Workplace], None], str]] = {
    "missing lock": (PLANT, _without_lock, "decision.lock.yaml: there is none; run `edgeward"),
    "stale lock": (PLANT, _with_another_box, "deciding again does something else"),
    "damaged file": (PLANT, _with_a_damaged_file, "site.yaml:29:21 streams.blade-pictures"),
    "denied": ("impossible-press", _as_it_is, "finding(s) forbid building, the first: "),
    "not ready": ("vague-brief", _as_it_is, "finding(s) forbid building, the first: "),
    "no such plant": ("nowhere", _as_it_is, "sites/nowhere"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_plant_that_must_not_be_built_is_refused_in_one_sentence(
    case: str, workplace: Workplace
) -> None:
    plant, spoil, message = REFUSED[case]
    spoil(workplace)
    workplace.init(plant)
    refused = workplace.pulumi("up", "-s", plant, "--yes", "--skip-preview", code=None)
    assert refused.returncode != 0
    assert message in told(refused)
    assert "Traceback" not in told(refused)
    assert workplace.cloud() == {}


WITHOUT_PROVIDER = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
ELSEWHERE = {
    "no backend": ({"PULUMI_BACKEND_URL": "file:///nowhere"}, "unable to open bucket file:///nowh"),
    "wrong passphrase": ({"PULUMI_CONFIG_PASSPHRASE": "another"}, "incorrect passphrase"),
    "no passphrase": ({"PULUMI_CONFIG_PASSPHRASE": ""}, "incorrect passphrase"),
    "no provider": (
        {"PATH": WITHOUT_PROVIDER},
        "no resource plugin 'pulumi-resource-aws' found",
    ),
}


@pytest.fixture(scope="module")
def begun(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    workplace = copy_workplace(decided, tmp_path_factory.mktemp("begun"))
    workplace.init(PLANT)
    return workplace


@pytest.mark.parametrize("case", ELSEWHERE)
def test_what_is_missing_around_the_program_is_named(case: str, begun: Workplace) -> None:
    changed, message = ELSEWHERE[case]
    refused = begun.pulumi("up", "-s", PLANT, "--yes", code=None, **changed)
    assert refused.returncode != 0
    assert message in told(refused)
    assert "Traceback" not in told(refused)
    assert begun.cloud() == {}


def test_a_program_that_breaks_a_cloud_rule_is_refused_before_it_registers_anything(
    workplace: Workplace,
) -> None:
    own = workplace.repository / "stacks" / "edgeward_stacks"
    shutil.copytree(ROOT / "stacks" / "edgeward_stacks", own)
    landing = own / "landing.py"
    text = landing.read_text(encoding="utf-8")
    assert "protect=True" in text
    landing.write_text(text.replace("protect=True", "protect=False"), encoding="utf-8")
    workplace.init(PLANT)
    refused = workplace.pulumi("up", "-s", PLANT, "--yes", "--skip-preview", code=None)
    assert refused.returncode != 0
    assert "2 finding(s) forbid building" in told(refused)
    assert "+ 1 created" in refused.stdout  # the stack itself
    assert workplace.cloud() == {}


KNOWN_BAD = """
import pulumi, pulumi_aws as aws
from edgeward_stacks.guard import refuse_known_bad
pulumi.runtime.register_resource_transform(refuse_known_bad("us-east-1"))
provider = aws.Provider("aws", region="us-east-1")
aws.s3.BucketAcl("open", bucket="plant-records", acl="public-read",
                 opts=pulumi.ResourceOptions(provider=provider))
"""


def test_a_known_bad_resource_never_reaches_the_provider(workplace: Workplace) -> None:
    workplace.run_program(KNOWN_BAD)
    workplace.init("any")
    refused = workplace.pulumi("up", "-s", "any", "--yes", "--skip-preview", code=None)
    assert refused.returncode != 0
    assert "BucketAcl open: the access list public-read is public" in told(refused)


WRONG = """
import pulumi, pulumi_aws as aws
provider = aws.Provider("aws", region="us-east-1")
inputs = {"bucket": "Upper_Case", "colour": 1, "forceDestroy": "maybe", "tags": {"aws:me": "x"}}
opts = pulumi.ResourceOptions(provider=provider)
pulumi.CustomResource("aws:s3/bucket:Bucket", "wrong", inputs, opts)
"""


def test_the_stand_in_refuses_a_wrong_resource_in_a_preview(workplace: Workplace) -> None:
    workplace.run_program(WRONG)
    workplace.init("any")
    refused = workplace.pulumi("preview", "-s", "any", code=None)
    assert refused.returncode != 0
    for problem in (
        "property colour value {1} has a problem: unknown property",
        "property forceDestroy value {maybe} has a problem: expected bool",
        "property bucket value {Upper_Case} has a problem: 'Upper_Case' does not match",
        "reserved, empty or too long",
    ):
        assert problem in told(refused)


MISSING = """
import pulumi, pulumi_aws as aws
provider = aws.Provider("aws", region="us-east-1")
opts = pulumi.ResourceOptions(provider=provider)
aws.s3.BucketVersioning("orphan", bucket="nobody-made-this",
                        versioning_configuration={"status": "Enabled"}, opts=opts)
"""


def test_what_refers_to_nothing_is_refused_once_it_is_made(workplace: Workplace) -> None:
    workplace.run_program(MISSING)
    workplace.init("any")
    workplace.pulumi("preview", "-s", "any")
    refused = workplace.pulumi("up", "-s", "any", "--yes", "--skip-preview", code=None)
    assert "bucket: there is no aws:s3/bucket:Bucket nobody-made-this" in told(refused)
