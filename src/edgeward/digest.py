"""Digests over canonical JSON: sorted keys, no spaces, UTF-8, no floats that are whole numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set
from typing import Any


def canonical_json(value: Any) -> bytes:
    """One spelling for equal values, whatever order or type of number they were written in."""
    plain = _plain(value)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(value: Any) -> str:
    """`sha256:` and the hex digest of the canonical JSON of a value."""
    return f"sha256:{hashlib.sha256(canonical_json(value)).hexdigest()}"


def _plain(value: Any) -> Any:
    if isinstance(value, Set):
        return sorted(str(each) for each in value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
