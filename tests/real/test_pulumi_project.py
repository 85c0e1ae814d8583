"""The part of Pulumi.yaml that the engine here does not read: the options of the Python runtime.

Its language host is older than the CLI and takes the Python on PATH; the one that users have reads
them. Pulumi's own schema of the file leaves them open.
"""

from __future__ import annotations

import jsonschema
import yaml

from tests.real.pulumi_cli import ROOT

OPTIONS = {
    "type": "object",
    "properties": {
        "toolchain": {"enum": ["pip", "poetry", "uv"]},
        "virtualenv": {"type": "string", "minLength": 1},
        "typechecker": {"enum": ["mypy", "pyright"]},
    },
    "additionalProperties": False,
}
PROJECT = {
    "type": "object",
    "required": ["name", "runtime"],
    "properties": {
        "name": {"const": "edgeward"},
        "runtime": {
            "type": "object",
            "required": ["name", "options"],
            "properties": {"name": {"const": "python"}, "options": OPTIONS},
            "additionalProperties": False,
        },
        "main": {"const": "stacks"},
        "stackConfigDir": {"const": "stacks/config"},
        "description": {"type": "string"},
    },
    "additionalProperties": False,
}


def test_the_runtime_options_are_ones_that_pulumi_has() -> None:
    project = yaml.safe_load((ROOT / "Pulumi.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(project, PROJECT)
    made = f"VENV := {project['runtime']['options']['virtualenv']}\n"
    assert made in (ROOT / "Makefile").read_text(encoding="utf-8")
