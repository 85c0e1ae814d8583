"""A folder's name from what people call a plant."""

from __future__ import annotations

import re
import unicodedata

from edgeward.errors import UsageError

_LONGEST = 39
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)
_SPELT |= str.maketrans({"ł": "l", "đ": "d", "þ": "th", "&": " and "})


def plant_name(called: str) -> str:
    """`Werk Köln 2` becomes `werk-koeln-2`: small letters, digits and hyphens, at most 39.

    Raises UsageError where no letter is left to begin with.
    """
    lowered = unicodedata.normalize("NFC", called).lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    name = re.sub(r"^[0-9-]+", "", name)[:_LONGEST].strip("-")
    if not name:
        raise UsageError(
            f"{called!r} gives no name for a folder: begin with a letter, as in line-2"
        )
    return name
