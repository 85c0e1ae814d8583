"""Why an item is still in the spool; none of them takes it out."""

from __future__ import annotations


class Failed(Exception):
    """An attempt that did not deliver."""


class Unreachable(Failed):
    """The link or the other side is away, or overloaded; the same attempt may do later."""


class Denied(Failed):
    """The other side does not take this; other streams may be taken."""


class Closed(Failed):
    """The window closed while an item was on its way."""
