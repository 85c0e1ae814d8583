"""IAM policies through parliament, which knows AWS's actions, their resources and conditions."""

from __future__ import annotations

import importlib.resources
import sys
import types
import warnings
from functools import cache
from typing import Any


def lint_policy(text: str) -> list[str]:
    """What parliament finds in a policy document, in its words.

    It takes an ARN apart at every colon, so a variable with one gets a value first.
    """
    plain = text.replace("${credentials-iot:ThingName}", "thing")
    found = _parliament().analyze_policy_string(plain).findings
    return [f"{each.issue}: {each.detail}" for each in found]


@cache
def _parliament() -> Any:
    """It looks for its data through pkg_resources, which setuptools does not bring any more."""
    if "pkg_resources" not in sys.modules:
        stand_in = types.ModuleType("pkg_resources")
        stand_in.resource_filename = _file  # type: ignore[attr-defined]
        sys.modules["pkg_resources"] = stand_in
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("parliament")


def _file(package: str, name: str) -> str:
    return str(importlib.resources.files(package) / name)
