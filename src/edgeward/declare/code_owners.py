"""Who has to review which file, as the repository's CODEOWNERS says for its forge.

Patterns are those that GitHub and GitLab share: the last one that matches wins, a leading slash or
a slash inside ties it to the root, `*` stays within a folder, `**` does not, a folder means all
below it. Owners are kept as they are written: mail addresses, and names that begin with @.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_PARTS = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """The lines of a CODEOWNERS file: a pattern and its owners, in the order of the file."""

    lines: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a file, by its path from the root; none where no pattern matches."""
        matching = (owners for pattern, owners in reversed(self.lines) if pattern.match(path))
        return next(matching, ())


def read_code_owners(root: Path) -> CodeOwners:
    """Those of the first CODEOWNERS file that the repository has; nobody where it has none."""
    found = next((root / place for place in PLACES if (root / place).is_file()), None)
    if found is None:
        return CodeOwners()
    text = found.read_text(encoding="utf-8", errors="replace")
    stripped = (line.split("#")[0].split() for line in text.splitlines())
    return CodeOwners(
        tuple(
            (_pattern(words[0]), tuple(words[1:]))
            for words in stripped
            if words and not words[0].startswith("[")
        )
    )


def _pattern(written: str) -> re.Pattern[str]:
    anchored = "/" in written.rstrip("/")
    body = "".join(
        _MEANS.get(part) or re.escape(part) for part in _PARTS.findall(written.strip("/"))
    )
    below = "/.*" if written.endswith("/") else "(?:/.*)?"
    return re.compile(f"{'' if anchored else '(?:.*/)?'}{body}{below}\\Z")
