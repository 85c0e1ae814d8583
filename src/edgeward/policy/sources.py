"""The rule files of a repository: the shipped ones, with the repository's own added."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from edgeward.errors import NotEvaluated
from edgeward.shipped import shipped_path

_MOST_BYTES = 1_000_000


def policy_folders(root: Path) -> tuple[Path, ...]:
    """The shipped folder, then the repository's own where it has one that is not the same."""
    shipped, own = shipped_path("policies"), root / "policies"
    if own.is_dir() and own.resolve() != shipped.resolve():
        return shipped, own
    return (shipped,)


def read_sources(root: Path) -> Mapping[str, str]:
    """The text of every rule and library file, by its path under `policies`, without tests.

    Raises NotEvaluated where the repository has another text for a shipped file: a shipped rule
    can be tuned by thresholds, phased or waived, not replaced.
    """
    shipped, *own = policy_folders(root)
    sources = _read(shipped)
    for folder in own:
        for name, text in _read(folder).items():
            if sources.setdefault(name, text) != text:
                raise NotEvaluated(
                    f"policies/{name}: differs from the shipped file of that name; override its "
                    "thresholds, waive it where it does not fit, or give your rule another id"
                )
    return dict(sorted(sources.items()))


def digest(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def is_rule(name: str) -> bool:
    """Whether a path under `policies` is a rule, `<category>/<rule>/<rule>.rego`."""
    parts = name.split("/")
    return len(parts) == 3 and parts[0] != "lib"


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _read_file(path, folder)
        for path in sorted(folder.rglob("*.rego"))
        if not path.name.endswith("_test.rego")
    }


def _read_file(path: Path, folder: Path) -> str:
    name = f"policies/{path.relative_to(folder).as_posix()}"
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise NotEvaluated(f"{name}: is larger than 1 MB: a rule is a page")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotEvaluated(f"{name}: cannot be read: {error}") from error
