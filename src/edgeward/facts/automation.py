"""What the catalog says of how a model is trained and served in the cloud, without a person.

SageMaker takes images from Amazon ECR only. What is missing is a finding, not a guess.
"""

from __future__ import annotations

import math
import re
import shlex
from dataclasses import dataclass

from edgeward.catalog import Model
from edgeward.facts.host import Job

_ECR_IMAGE = re.compile(
    r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[^:@\s]+([:@]\S+)?"
)
_S3_FILE = re.compile(r"s3://[a-z0-9.-]{3,63}/\S+\.tar\.gz")
_PATIENCE = 2.0
"""A training run that takes longer than twice what it should is stopped."""


@dataclass(frozen=True, slots=True)
class TrainingRecipe:
    """How a model is trained: `command` in `image` on `instance`, for at most `longest_hours`."""

    image: str
    command: tuple[str, ...]
    instance: str
    longest_hours: float


@dataclass(frozen=True, slots=True)
class ServingRecipe:
    """What serves a model: `image` with the model's file at `uri`."""

    image: str
    uri: str


def training_recipe(model: Model | None) -> TrainingRecipe | None:
    """None unless image, entry point, instance and GPU hours are all known."""
    training = model.training if model else None
    if training is None or not training.image or not training.entrypoint or not training.instance:
        return None
    hours = training.gpu_hours
    expected = hours.high if hours.stated is None else hours.stated
    if not _ECR_IMAGE.fullmatch(training.image) or not math.isfinite(expected) or expected <= 0:
        return None
    instance = f"ml.{training.instance.removeprefix('ml.')}"
    command = tuple(shlex.split(training.entrypoint))
    return TrainingRecipe(training.image, command, instance, expected * _PATIENCE)


def serving_recipe(job: Job) -> ServingRecipe | None:
    """None unless the model has an image that serves it and its file is in a bucket."""
    serving = job.model.serving if job.model else None
    uri = (job.artifact.uri if job.artifact else None) or ""
    if serving is None or not _ECR_IMAGE.fullmatch(serving.image or "") or serving.image is None:
        return None
    return ServingRecipe(serving.image, uri) if _S3_FILE.fullmatch(uri) else None
