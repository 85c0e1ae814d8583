"""What edgeward has to say about a plant, ready for any reporter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` is the declaration path that has to change; `file`, `line`, `column` where it is.

    `numbers` are the figures compared, by fact path. `waiver` is the id of the waiver that covers
    it; a waived finding stays visible and does not count.
    """

    rule: str
    severity: Severity
    message: str
    path: str
    file: str
    line: int
    column: int
    site: str
    use_case: str | None = None
    numbers: Mapping[str, str] | None = None
    remedy: str = ""
    waiver: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the finding makes a check fail."""
        return self.severity is Severity.ERROR and self.waiver is None

    @property
    def fingerprint(self) -> str:
        """Stable across line moves and changed numbers: rule, site and path."""
        return hashlib.sha256(f"{self.rule}\0{self.site}\0{self.path}".encode()).hexdigest()[:16]
