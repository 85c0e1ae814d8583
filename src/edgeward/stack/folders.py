"""The folders of a plant's bucket, beside those of its streams: see `edgeward.facts.upload`."""

from __future__ import annotations


def quarantine_folder(stream: str) -> str:
    """What came in on a stream's topics and was not taken."""
    return f"quarantine/{stream}/"


def training_folder(use_case: str) -> str:
    """What training makes: prepared data, checkpoints, evaluations."""
    return f"training/{use_case}/"


def manifest_folder(use_case: str) -> str:
    """What people approved for training, item by item with its digest; nothing here trains."""
    return f"manifests/{use_case}/"


def score_folder(use_case: str) -> str:
    """What a batch in the cloud answered."""
    return f"scores/{use_case}/"
