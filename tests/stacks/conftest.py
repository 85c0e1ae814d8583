"""Loads pulumi_aws once, without the warnings that it raises about its own modules."""

from __future__ import annotations

import importlib
import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    pytest.importorskip("pulumi_aws")
    for name in (
        "appautoscaling",
        "budgets",
        "cloudcontrol",
        "cloudwatch",
        "iam",
        "iot",
        "kinesis",
        "kms",
        "s3",
        "sagemaker",
        "sns",
        "sqs",
    ):
        module = importlib.import_module(f"pulumi_aws.{name}")
        assert module._utilities  # the SDK loads a module when first looked into
