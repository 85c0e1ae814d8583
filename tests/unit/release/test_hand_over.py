"""What other update agents take: AWS's by its own models, the others by their form."""

from __future__ import annotations

import configparser
import hashlib
import io
import json
import shlex
import zipfile
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from botocore.validate import ParamValidator

from edgeward.bundle.bundle import Bundle, render_bundles
from edgeward.errors import UsageError
from edgeward.release.build import build_release, read_release
from edgeward.release.hand_over import AGENTS, hand_over
from tests.samples import DECISION, GATEWAY, SITE
from tests.unit.bundle.rendering import CATALOG, PACKS

THING = "arn:aws:iot:eu-central-1:000000000000:thing/bottling-brno--line2-gpu"
RUN = b"#!/bin/sh\n"
DIGEST = hashlib.sha256(RUN).hexdigest()
AWS = [("greengrass", "greengrassv2", "CreateDeployment"), ("iot-job", "iot", "CreateJob")]


def _bundles(runtime: str) -> tuple[Bundle, ...]:
    site = replace(SITE, devices=(replace(GATEWAY, runtime=runtime), *SITE.devices[1:]))
    models = {
        name: replace(model, artifacts=tuple(replace(a, sha256=DIGEST) for a in model.artifacts))
        for name, model in CATALOG.models.items()
    }
    return render_bundles(site, DECISION, replace(CATALOG, models=models), PACKS, release=7)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Release 7 for Greengrass, release 8 for compose."""
    for number, runtime in ((7, "greengrass"), (8, "compose")):
        bundles = _bundles(runtime)
        for bundle in bundles:
            for case in json.loads(bundle.manifest)["use_cases"]:
                name = f"{case['model']['name']}-{case['model']['version']}"
                folder = tmp_path / "models" / name
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "run").write_bytes(RUN)
                (folder / "run").chmod(0o755)
        build_release(tmp_path / "repository", number, bundles, tmp_path / "models")
    return tmp_path / "repository"


def _handed(repository: Path, agent: str, number: int = 8, thing: str = THING) -> dict[str, bytes]:
    files = hand_over(repository, number, SITE.name, "line2-gpu", agent, thing=thing)
    return {file.path: file.content for file in files}


@pytest.mark.parametrize(("agent", "service", "operation"), AWS)
def test_aws_takes_it(repository: Path, agent: str, service: str, operation: str) -> None:
    client = boto3.client(
        service, "eu-central-1", aws_access_key_id="none", aws_secret_access_key="none"
    )
    shape = client.meta.service_model.operation_model(operation).input_shape
    handed = _handed(repository, agent, 7)
    given = json.loads(next(text for path, text in handed.items() if path.startswith("create-")))
    assert not ParamValidator().validate(given, shape).has_errors()
    assert THING in json.dumps(given)


def test_greengrass_gets_the_recipes_that_it_deploys(repository: Path) -> None:
    handed = _handed(repository, "greengrass", 7)
    deployed = set(json.loads(handed.pop("create-deployment.json"))["components"])
    recipes = [text for path, text in handed.items() if path.startswith("recipes/")]
    assert {json.loads(text)["ComponentName"] for text in recipes} == deployed


def test_greengrass_gets_the_model_where_its_recipe_looks_for_it(repository: Path) -> None:
    handed = _handed(repository, "greengrass", 7)
    recipe = handed["recipes/cap-check.recipe.json"].decode()
    path = f"models/cap-check/{DIGEST}.zip"
    assert f"-000000000000/{path}" in recipe
    packed = zipfile.ZipFile(io.BytesIO(handed[f"bucket/{path}"]))
    assert packed.read("run") == RUN
    assert packed.getinfo("run").external_attr >> 16 & 0o777 == 0o755


def test_the_job_starts_the_pull_script(repository: Path) -> None:
    job = json.loads(_handed(repository, "iot-job")["create-job.json"])
    (step,) = json.loads(job["document"])["steps"]
    assert step["action"]["input"]["command"].split(",")[0] == "/opt/edgeward/bin/pull-releases"


@pytest.mark.parametrize("agent", ["hawkbit", "rauc"])
def test_the_archive_is_the_one_that_was_built(repository: Path, agent: str) -> None:
    (box,) = read_release(repository, 8).boxes
    assert len(_handed(repository, agent)["line2-gpu.tar"]) == box.archive.length


def test_rauc_reads_its_manifest(repository: Path) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(_handed(repository, "rauc")["manifest.raucm"].decode())
    assert parser["update"]["compatible"] == GATEWAY.class_name
    assert parser["image.edgeward"]["filename"] == "line2-gpu.tar"


def test_hawkbit_bodies_belong_together(repository: Path) -> None:
    handed = _handed(repository, "hawkbit")
    (module,) = json.loads(handed["softwaremodules.json"])
    (distribution,) = json.loads(handed["distributionsets.json"])
    assert (module["name"], module["version"]) == (distribution["name"], distribution["version"])


def test_mender_gets_the_tree(repository: Path) -> None:
    handed = _handed(repository, "mender")
    words = shlex.split(handed["make-artifact.sh"].decode().splitlines()[1])
    assert words[words.index("--device-type") + 1] == GATEWAY.class_name
    assert "tree/manifest.json" in handed


@pytest.mark.parametrize(
    ("agent", "number", "thing", "message"),
    [
        ("greengrass", 8, THING, "does not run greengrass"),
        ("iot-job", 8, "", "--thing arn"),
        ("rauc", 9, "", "release 9 was not built"),
    ],
)
def test_what_cannot_be_handed_over(
    repository: Path, agent: str, number: int, thing: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        _handed(repository, agent, number, thing)


def test_every_agent_is_one_of_the_verb() -> None:
    assert sorted(AGENTS) == ["greengrass", "hawkbit", "iot-job", "mender", "rauc"]
