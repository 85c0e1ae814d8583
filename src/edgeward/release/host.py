"""What a plain host is given once: the pull script, the root that it trusts, its settings."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Root

from edgeward.errors import UsageError
from edgeward.release.versions import newest
from edgeward.write import OutputFile

_FIRST_LINE = b"#!/usr/bin/env python3\n"
_START = "import sys\nfrom edgeward_pull.__main__ import main\nsys.exit(main())\n"
_NO_DATE = (1980, 1, 1, 0, 0, 0)


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
    yield OutputFile("bin/pull-releases", pull_script(), 0o755)
    yield OutputFile("releases/pull.json", f"{json.dumps(settings, indent=1)}\n".encode())
    yield OutputFile("releases/trust/root.json", root.to_bytes())


def pull_script() -> bytes:
    """`edgeward_pull` as one file that Python runs; the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", _NO_DATE), _START)
        for path in sorted(files("edgeward_pull").iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                name = zipfile.ZipInfo(f"edgeward_pull/{path.name}", _NO_DATE)
                archive.writestr(name, path.read_bytes())
    return _FIRST_LINE + stream.getvalue()
