"""What there is to train on, and whether the cloud may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.facts.training import training_candidates
from tests.samples import CATALOG, FRAMES, SITE


def _may_leave(**changes: object) -> bool | None:
    stream = replace(FRAMES, **changes)  # type: ignore[arg-type]
    site = replace(SITE, streams=(stream,))
    cloud, _plant = training_candidates(site, CATALOG)
    return cloud.data.input_may_leave


@pytest.mark.parametrize("personal_data", ["none", "pseudonymous", "personal", None])
def test_what_stays_in_the_plant_does_not_keep_the_cloud_from_training_on_other_examples(
    personal_data: str | None,
) -> None:
    assert _may_leave(personal_data=personal_data, leaves=None) is True


@pytest.mark.parametrize(("sensitivity", "may"), [("secret", False), (None, None)])
def test_what_is_secret_is_not_trained_on_in_the_cloud(
    sensitivity: str | None, may: bool | None
) -> None:
    assert _may_leave(sensitivity=sensitivity) is may
