"""The pattern follows from where things run and what leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.decision import Pattern
from edgeward.place.pattern import choose_pattern
from edgeward.quantity import ZERO, exact
from edgeward.site import Leaves, Stream, Tier
from edgeward.use_case import Bands, Review, UseCase
from tests.samples import CAP_CHECK, FRAMES

_STAYS = replace(FRAMES, leaves=None)
_ALL_RAW = replace(FRAMES, leaves=Leaves("raw", exact(1), exact(1600)))
_RAW_BY_SCORE = replace(FRAMES, leaves=Leaves("raw", exact(1), exact(1600), order="by_score"))
_BANDED = replace(CAP_CHECK, bands=Bands(exact(0.9), exact(0.6)))
_REVIEWED = replace(CAP_CHECK, review=Review("shift", exact(1), exact(10), ZERO, exact(8)))


@pytest.mark.parametrize(
    ("use_case", "stream", "inference", "training", "pattern"),
    [
        (CAP_CHECK, FRAMES, "device", "cloud", Pattern.EDGE_SCORE_CLOUD_ENRICH),
        (CAP_CHECK, _RAW_BY_SCORE, "plant", "vendor", Pattern.EDGE_SCORE_CLOUD_ENRICH),
        (CAP_CHECK, _ALL_RAW, "device", "cloud", Pattern.SCHEDULED_SYNC),
        (CAP_CHECK, _STAYS, "device", "cloud", Pattern.SCHEDULED_SYNC),
        (CAP_CHECK, FRAMES, "device", "plant", Pattern.LOCAL_ONLY),
        (_BANDED, FRAMES, "device", "cloud", Pattern.DUAL_PATH),
        (_BANDED, FRAMES, "cloud", "cloud", Pattern.CLOUD_ONLY),
        (_REVIEWED, FRAMES, "cloud", "cloud", Pattern.CLOUD_HUMAN),
    ],
)
def test_each_pattern_has_its_facts(
    use_case: UseCase, stream: Stream, inference: Tier, training: str, pattern: Pattern
) -> None:
    assert choose_pattern(use_case, (stream,), inference, training) is pattern
