"""What a plain host is given once: the pull script, the root that it trusts, its settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Root

from edgeward.errors import UsageError
from edgeward.program import make_program
from edgeward.release.versions import newest
from edgeward.write import OutputFile


def host_files(repository: Path, site: str, box: str, address: str) -> Iterator[OutputFile]:
    """The files for one box. Raises UsageError for a repository without a root."""
    try:
        root = newest(repository / "metadata", "root", Root)
    except RepositoryError as error:
        raise UsageError(f"{repository}: its metadata cannot be read: {error}") from error
    if root is None:
        raise UsageError(f"{repository}: is not signed yet; run `edgeward release keys` first")
    settings = {
        "repository": address,
        "site": site,
        "box": box,
        "activate": ["/opt/edgeward/bin/activate"],
        "health": ["/opt/edgeward/bin/health"],
    }
    yield OutputFile("bin/pull-releases", make_program("edgeward_pull"), 0o755)
    yield OutputFile("releases/pull.json", f"{json.dumps(settings, indent=1)}\n".encode())
    yield OutputFile("releases/trust/root.json", root.to_bytes())
