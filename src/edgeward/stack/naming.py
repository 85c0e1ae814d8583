"""Names and tags that AWS accepts, the same for the same plant every time.

Parts are joined by two hyphens, so that plant `a-b` with `c` and plant `a` with `b-c` never share
a name. A name that had to be changed or cut ends in a digest of what it stands for.
"""

from __future__ import annotations

import hashlib
import re

BUCKET_STEM_LIMIT = 50
"""63, less a hyphen and the 12 digits of the account, which the program adds."""
THING_LIMIT = 128
ROLE_LIMIT = 64
MODEL_GROUP_LIMIT = 63
BUDGET_LIMIT = 100

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NOT_TAG = re.compile(r"[^A-Za-z0-9 _.:/=+@-]")
_DIGEST_LENGTH = 8


def aws_name(*parts: str, limit: int) -> str:
    """The parts as one name of lower-case letters, digits and hyphens, at most `limit` long."""
    name = "--".join(parts)
    if len(name) <= limit and all(_PLAIN.fullmatch(part) for part in parts):
        return name
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGEST_LENGTH]
    cleaned = "--".join(_NOT_PLAIN.sub("-", part.lower()).strip("-") for part in parts)
    room = limit - _DIGEST_LENGTH - 1
    return f"{cleaned[:room].strip('-') or 'x'}-{digest}"


def thing_name(site: str, device: str, number: int | None = None) -> str:
    """The IoT thing and MQTT client id of a device, or of one of several, counted from 1."""
    parts = (site, device) if number is None else (site, device, str(number))
    return aws_name(*parts, limit=THING_LIMIT)


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
