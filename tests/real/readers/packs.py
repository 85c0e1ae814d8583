"""Where the files of the newer packs are in a bundle, and how to break a copy of one."""

from __future__ import annotations

import re
from pathlib import Path

from edgeward.bundle.bundle import Bundle
from tests.real.readers.bundles import PLANTS, bundles_of

COLLECTOR = "etc/otelcol/config.yaml"
COMPOSE = "etc/edgeward/compose.yaml"
ALERTS = "etc/prometheus/rules.d/edgeward.yaml"
CONFIGS = "etc/edgeward/use_cases"
GREENGRASS = "etc/edgeward/greengrass"
PAGE = "usr/share/doc/edgeward/inventory.html"
UPLOADS = "etc/edgeward/uploads.json"
UPLOADER = "usr/lib/edgeward/upload-streams"
APPLY = "usr/lib/edgeward/apply-firewall"


def bundles_with(path: str) -> list[Bundle]:
    """Every bundle of every plant that has this file."""
    return [
        bundle
        for plant in PLANTS
        for bundle in bundles_of(plant)
        if any(file.path == path for file in bundle.files)
    ]


def break_file(file: Path, pattern: str, replacement: str) -> None:
    changed, count = re.subn(pattern, replacement, file.read_text(), flags=re.M)
    assert count, "the copy is not broken"
    file.write_text(changed)
