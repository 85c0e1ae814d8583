"""What a commit is checked out with is all that its plants are decided from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from edgeward.declare.workspace import OF_A_VERSION
from edgeward.git import checked_out
from edgeward.inputs import digest_frame
from tests.fleets import write_fleet
from tests.unit.diff.changes import commit

TODAY = date(2026, 11, 23)
SHARED = (
    "CODEOWNERS",
    "policies/data.yaml",
    "releases/keys.yaml",
    "rollouts/caps.yaml",
    "sites/catalog/evidence/net.yaml",
    "templates/own/pack.yaml",
)


@pytest.mark.parametrize("shared", SHARED)
def test_a_commit_that_is_checked_out_has_the_digest_of_its_files(
    tmp_path: Path, shared: str
) -> None:
    root = write_fleet(tmp_path)
    (root / shared).parent.mkdir(parents=True, exist_ok=True)
    (root / shared).write_text("some: words\n")
    commit(root)
    with checked_out(root, "HEAD", OF_A_VERSION) as folder:
        assert digest_frame(folder, TODAY) == digest_frame(root, TODAY)
    (root / shared).write_text("other: words\n")
    with checked_out(root, "HEAD", OF_A_VERSION) as folder:
        assert digest_frame(folder, TODAY) != digest_frame(root, TODAY)
