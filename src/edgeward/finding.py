"""What edgeward has to say about a plant, ready for any reporter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


def fingerprint_of(*identity: str) -> str:
    """The same for the same words; a file's name may hold bytes that are no text."""
    return hashlib.sha256("\0".join(identity).encode(errors="surrogateescape")).hexdigest()[:16]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` is the declaration path that has to change; `file`, `line`, `column` where it is.

    `title` is the rule's, `subject` the id of what the rule judged: one path may stand for several.
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
    title: str = ""
    subject: str = ""

    @property
    def docs(self) -> str:
        """Where the rule is explained, in edgeward's documentation."""
        page, anchor = self.rule.partition(".")[0], self.rule.replace(".", "")
        return f"docs/policies/{page}.md#{anchor}"

    @property
    def counts(self) -> bool:
        """Whether the finding makes a check fail."""
        return self.severity is Severity.ERROR and self.waiver is None

    @property
    def fingerprint(self) -> str:
        """Stable across line moves and changed numbers: rule, site, path and subject."""
        return fingerprint_of(self.rule, self.site, self.path, self.subject)
