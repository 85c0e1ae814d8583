"""Names made of parts, for systems that limit what a name may hold.

Parts are joined by two hyphens, so that plant `a-b` with `c` and plant `a` with `b-c` never share
a name. A name that had to be changed or cut ends in a digest of what it stands for.
"""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DIGEST_LENGTH = 8


def join_name(*parts: str, limit: int) -> str:
    """The parts as one name of lower-case letters, digits and hyphens, at most `limit` long."""
    name = "--".join(parts)
    if len(name) <= limit and all(_PLAIN.fullmatch(part) for part in parts):
        return name
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGEST_LENGTH]
    cleaned = "--".join(_NOT_PLAIN.sub("-", part.lower()).strip("-") for part in parts)
    room = limit - _DIGEST_LENGTH - 1
    return f"{cleaned[:room].strip('-') or 'x'}-{digest}"
