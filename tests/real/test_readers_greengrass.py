"""Greengrass requests fit botocore's own shapes, enums and patterns included; recipes fit ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import botocore.session
import jsonschema
import pytest
from botocore.validate import ParamValidator

from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.packs import GREENGRASS, break_file
from tests.standin.controlled import walk

DEPLOYMENT, RECIPE = f"{GREENGRASS}/deployment.json", f"{GREENGRASS}/cap-check.recipe.json"
# From the recipe reference of AWS IoT Greengrass V2; no package brings a schema.
RECIPE_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["RecipeFormatVersion", "ComponentName", "ComponentVersion", "Manifests"],
    "properties": {
        "RecipeFormatVersion": {"const": "2020-01-25"},
        "ComponentName": {"type": "string", "pattern": r"^[a-zA-Z0-9._-]{1,128}\Z"},
        "ComponentVersion": {"type": "string", "pattern": r"^\d{1,6}\.\d{1,6}\.\d{1,6}\Z"},
        "ComponentDescription": {"type": "string"},
        "ComponentPublisher": {"type": "string"},
        "ComponentConfiguration": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"DefaultConfiguration": {"type": "object"}},
        },
        "Manifests": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["Lifecycle"],
                "properties": {
                    "Artifacts": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["Uri"],
                            "properties": {
                                "Uri": {"type": "string", "pattern": r"^s3://[a-z0-9.-]+/.+\Z"},
                                "Unarchive": {"enum": ["NONE", "ZIP"]},
                                "Permission": {
                                    "type": "object",
                                    "propertyNames": {"enum": ["Read", "Execute"]},
                                    "additionalProperties": {"enum": ["NONE", "OWNER", "ALL"]},
                                },
                            },
                        },
                    },
                    "Platform": {
                        "type": "object",
                        "properties": {"os": {"enum": ["linux", "darwin", "windows", "*"]}},
                    },
                    "Lifecycle": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["Run"],
                        "properties": {
                            "Setenv": {
                                "type": "object",
                                "additionalProperties": {"type": "string"},
                            },
                            "Run": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["Script"],
                                "properties": {
                                    "Script": {"type": "string", "minLength": 1},
                                    "RequiresPrivilege": {"type": "boolean"},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def read_greengrass(folder: Path) -> list[str]:
    """Everything that is wrong with the requests below `folder`."""
    service = botocore.session.get_session().get_service_model("greengrassv2")
    deployment = service.operation_model("CreateDeployment").input_shape
    request = json.loads((folder / DEPLOYMENT).read_text())
    report = ParamValidator().validate(request, deployment)
    found = [report.generate_report()] if report.has_errors() else []
    found += walk(request, deployment, "deployment")
    versions = {}
    for file in sorted((folder / GREENGRASS).glob("*.recipe.json")):
        recipe = json.loads(file.read_text())
        validator = jsonschema.Draft202012Validator(RECIPE_SCHEMA)
        found += [error.message for error in validator.iter_errors(recipe)]
        versions[recipe.get("ComponentName")] = recipe.get("ComponentVersion")
    asked = {name: each.get("componentVersion") for name, each in request["components"].items()}
    return [*found, *([] if asked == versions else [f"asks for {asked}, recipes are {versions}"])]


@pytest.fixture
def box_folder(tmp_path: Path) -> Path:
    return unpack(bundles_of("made-up-greengrass")[0], tmp_path)


def test_the_requests_are_taken(box_folder: Path) -> None:
    assert read_greengrass(box_folder) == []


BROKEN = {
    "an unknown key": (DEPLOYMENT, '"deploymentName"', '"deploymentNam"', "Unknown parameter"),
    "no target": (DEPLOYMENT, r'  "targetArn": .*\n', "", "Missing required"),
    "a number for a version": (DEPLOYMENT, r'"1\.0\.0"', "1", "Invalid type"),
    "a policy that is none": (DEPLOYMENT, '"ROLLBACK"', '"ROLL_BACK"', "is none of"),
    "a target that is no thing": (DEPLOYMENT, ":thing/", ":bucket/", "is not arn"),
    "a version without a recipe": (DEPLOYMENT, r'"1\.0\.0"', '"1.0.1"', "recipes are"),
    "a recipe format of tomorrow": (RECIPE, "2020-01-25", "2099-01-25", "was expected"),
    "a version of two numbers": (RECIPE, r'"1\.0\.0"', '"1.0"', "does not match"),
    "an artifact that is nowhere": (RECIPE, '"Uri"', '"Url"', "'Uri' is a required"),
    "an archive that it cannot open": (RECIPE, '"ZIP"', '"TAR"', "is not one of"),
    "a life without a run": (RECIPE, '"Run"', '"Rnu"', "'Run' is a required"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, box_folder: Path) -> None:
    path, pattern, replacement, complaint = BROKEN[name]
    break_file(box_folder / path, pattern, replacement)
    found = read_greengrass(box_folder)
    assert any(re.search(complaint, line) for line in found), found
