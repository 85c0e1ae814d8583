"""The limits that AWS sets to names and tags."""

from __future__ import annotations

import re

from edgeward.names import join_name

ROLE_LIMIT = 64
RULE_LIMIT = 110
"""128, less what tells the rules of one stream apart."""
ALARM_LIMIT = 255
DASHBOARD_LIMIT = 255
TOPIC_LIMIT = 256
KEY_ALIAS_LIMIT = 250
ENDPOINT_LIMIT = 50
"""63, less what pulumi adds to the names of what cannot change in place."""
PIPELINE_LIMIT = 256
EVENT_RULE_LIMIT = 64
DELIVERY_LIMIT = 64
QUEUE_LIMIT = 80
MODEL_GROUP_LIMIT = 63
BUDGET_LIMIT = 100
JOB_TEMPLATE_LIMIT = 64

_NOT_TAG = re.compile(r"[^A-Za-z0-9 _.:/=+@-]")


def tag_key(text: str) -> str:
    return _tag_text(text, 128)


def tag_value(text: str) -> str:
    return _tag_text(text, 256)


def rule_name(*parts: str) -> str:
    """The name of an IoT rule, which takes no hyphens; as unique as the parts joined by them."""
    return join_name(*parts, limit=RULE_LIMIT).replace("-", "_")


def partition(region: str) -> str:
    """The ARN partition of a region."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def _tag_text(text: str, limit: int) -> str:
    return _NOT_TAG.sub("_", text)[:limit]
