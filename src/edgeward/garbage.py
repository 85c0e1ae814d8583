"""How often a process that decides plants looks for garbage."""

from __future__ import annotations

import gc

_YOUNG_OBJECTS = 200_000
"""Facts are many small values without cycles; looking for them at the default costs a third."""


def collect_rarely() -> None:
    """To be called once, by whatever begins a process."""
    gc.set_threshold(_YOUNG_OBJECTS)
