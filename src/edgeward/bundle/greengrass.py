"""What the Greengrass pack rendered, read back for whoever hands it to AWS."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from edgeward.bundle.render import BundleFile

_FOLDER = "etc/edgeward/greengrass"


@dataclass(frozen=True, slots=True)
class GreengrassFiles:
    """The deployment of a box as AWS's API takes it, and the recipes that it deploys by name."""

    deployment: Mapping[str, Any]
    recipes: Mapping[str, bytes]


def read_greengrass(files: Iterable[BundleFile]) -> GreengrassFiles | None:
    """None where the box does not run Greengrass."""
    own = {
        file.path.rpartition("/")[2]: file.content
        for file in files
        if file.path.startswith(_FOLDER)
    }
    deployment = own.pop("deployment.json", None)
    return GreengrassFiles(json.loads(deployment), own) if deployment is not None else None
