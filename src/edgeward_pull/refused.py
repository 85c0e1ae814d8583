"""Why nothing was changed; every refusal has its own words."""

from __future__ import annotations


class Refused(Exception):
    """The repository, a file or this host is not as it must be; what runs goes on running."""


class Missing(Refused):
    """The repository has no such file."""
