"""Fixtures of the tests with the real Pulumi CLI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.pulumi_cli import PLANT, Workplace, copy_workplace, make_workplace


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The example plants with their decisions; only to be copied."""
    return make_workplace(tmp_path_factory.mktemp("decided"))


@pytest.fixture(scope="session")
def once_made(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    workplace = copy_workplace(decided, tmp_path_factory.mktemp("made"))
    workplace.init(PLANT)
    workplace.pulumi("up", "--stack", PLANT, "--yes", "--skip-preview")
    return workplace


@pytest.fixture
def workplace(decided: Workplace, tmp_path: Path) -> Workplace:
    """A workplace in which nothing is made yet."""
    return copy_workplace(decided, tmp_path)


@pytest.fixture
def made(once_made: Workplace, tmp_path: Path) -> Workplace:
    """A workplace in which one plant is made."""
    return copy_workplace(once_made, tmp_path)
