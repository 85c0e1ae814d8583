"""How fast AWS's agents may go follows from the newest rollout that the plant is in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edgeward.declare.pace import Pace, read_pace
from edgeward.errors import InvalidDeclaration
from tests.samples import SITE

ROLLOUT = """\
apiVersion: edgeward/v1alpha1
kind: Rollout
name: {name}
release: {release}
back_to: 1
owner: ml@example.com
approver: quality@example.com
canary: {{plants: 1, soak_hours: 1}}
stages: [{{share: 1, soak_hours: 1}}]
gates:
  inference: {{metric: rejects, events_per_hour: 300, usual_share: 0.001, bad_share: 0.003}}
{more}
"""


def _write(root: Path, name: str, release: int, more: str = "") -> None:
    (root / "rollouts").mkdir(exist_ok=True)
    text = ROLLOUT.format(name=name, release=release, more=more)
    (root / "rollouts" / f"{name}.yaml").write_text(text)


def test_a_plant_in_no_rollout_has_none(tmp_path: Path) -> None:
    assert read_pace(tmp_path, SITE) is None
    _write(tmp_path, "others", 2, "plants: [lyon]")
    _write(tmp_path, "labelled", 2, "labels: {line: filler}")
    assert read_pace(tmp_path, SITE) is None


def test_the_newest_release_counts(tmp_path: Path) -> None:
    _write(tmp_path, "newer", 12, "abort_above_share: 0.1\nboxes_per_minute: 5")
    _write(tmp_path, "older", 9)
    assert read_pace(tmp_path, SITE) == Pace("newer", 10.0, 60, 5)


def test_what_aws_cannot_say_is_the_next_that_it_can(tmp_path: Path) -> None:
    _write(tmp_path, "strict", 2, "activation_hours: 500\nlabels: {line: filler}")
    pace = read_pace(tmp_path, replace(SITE, labels={"line": "filler"}))
    assert pace == Pace("strict", 0.01, 10_080, None)


def test_a_broken_rollout_is_said(tmp_path: Path) -> None:
    _write(tmp_path, "broken", 2, "abort_above_share: many")
    with pytest.raises(InvalidDeclaration, match=r"rollouts/broken\.yaml"):
        read_pace(tmp_path, SITE)
