"""The hybrid pattern (R7 to R9) that follows from where things run and what leaves the plant."""

from __future__ import annotations

from edgeward.decision import Pattern
from edgeward.site import Stream, Tier
from edgeward.use_case import UseCase


def choose_pattern(
    use_case: UseCase, streams: tuple[Stream, ...], inference: Tier, training: str
) -> Pattern:
    """Cloud: with or without a person. At the edge: bands make it dual path; examples that the
    model's score selects or orders make it score and enrich; training elsewhere, scheduled sync.
    """
    if inference == "cloud":
        return Pattern.CLOUD_HUMAN if use_case.review else Pattern.CLOUD_ONLY
    if use_case.bands is not None:
        return Pattern.DUAL_PATH
    if training == "plant":
        return Pattern.LOCAL_ONLY
    if any(_selected(stream) for stream in streams):
        return Pattern.EDGE_SCORE_CLOUD_ENRICH
    return Pattern.SCHEDULED_SYNC


def _selected(stream: Stream) -> bool:
    """Whether what leaves is chosen or put in order by the score, or reduced from it."""
    leaves = stream.leaves
    return leaves is not None and (leaves.form != "raw" or leaves.order == "by_score")
