"""The limits that AWS sets to names and tags."""

from __future__ import annotations

import re

BUCKET_STEM_LIMIT = 50
"""63, less a hyphen and the 12 digits of the account, which the program adds."""
ROLE_LIMIT = 64
MODEL_GROUP_LIMIT = 63
BUDGET_LIMIT = 100

_NOT_TAG = re.compile(r"[^A-Za-z0-9 _.:/=+@-]")


def tag_key(text: str) -> str:
    return _tag_text(text, 128)


def tag_value(text: str) -> str:
    return _tag_text(text, 256)


def partition(region: str) -> str:
    """The ARN partition of a region."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def _tag_text(text: str, limit: int) -> str:
    return _NOT_TAG.sub("_", text)[:limit]
