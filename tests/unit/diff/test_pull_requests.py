"""Recorded pull requests over the examples: the comment that a reviewer would see of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edgeward.errors import ExitCode
from edgeward.report.change_json import render_change_json
from edgeward.report.comment import render_comment
from edgeward.review import review_change
from tests.conftest import Golden
from tests.formats import read_json
from tests.unit.diff.changes import (
    TODAY,
    Edit,
    add_plant,
    commit,
    decide,
    git,
    replace,
    write_repository,
)

KMS = "title: KMS customer key, usd: {value: 40.0,"
BOTTLING = "sites/bottling-brno/site.yaml"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_repository(tmp_path_factory.mktemp("pull") / "base")


def new_plant(head: Path) -> None:
    """Take the leak sensor of the office building under review"""
    add_plant(head, "water-leak-sensor")
    decide(head)


def tighter_budget(head: Path) -> None:
    """The new filler blows 30 ms earlier"""
    replace(head, BOTTLING, "budget_ms: 60,", "budget_ms: 30,")


def new_flow(head: Path) -> None:
    """Let the vendor service the line box through the plant server"""
    flow = "flows: [{from: plant-server, to: line2-gpu, protocol: ssh, port: 22}]\n"
    replace(head, BOTTLING, "use_cases:\n", f"{flow}use_cases:\n")
    decide(head)


def price_change(head: Path) -> None:
    """KMS customer key: the price as billed in October"""
    file = "sites/catalog/prices/aws-us-east-1.yaml"
    replace(head, file, "title: KMS customer key, usd: {value: 1.0,", KMS)
    decide(head)


def threshold_change(head: Path) -> None:
    """Works council agreement: nothing is kept for longer than 20 days"""
    with (head / "sites" / "fleet.yaml").open("a") as file:
        file.write("thresholds: {security: {retention_days_max: 20}}\n")
    decide(head)


def template_change(head: Path) -> None:
    """Save the broker queue every minute: flash wear on the gateways"""
    replace(
        head,
        "templates/mosquitto/mosquitto.conf.j2",
        "persistence true",
        "persistence true\nautosave_interval 60",
    )


@pytest.mark.parametrize(
    "edit",
    [new_plant, tighter_budget, new_flow, price_change, threshold_change, template_change],
    ids=lambda edit: edit.__name__,
)
def test_the_comment_of_a_pull_request(
    edit: Edit, base: Path, tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "plants"
    shutil.copytree(base, repository)
    commit(repository, "Begin")
    git(repository, "tag", "base")
    edit(repository)
    commit(repository, edit.__doc__ or "")
    git(repository, "tag", "head")
    monkeypatch.chdir(repository)
    diff = review_change(repository, "base", "head", TODAY)
    assert read_json(render_change_json(diff, ExitCode.CLEAN), "Change")["plants"]
    comment = render_comment(diff)
    assert "ot-security@<!-- -->example.com" in comment
    golden(f"pull_requests/{edit.__name__}", {"comment.md": f"{comment}\n".encode()})
