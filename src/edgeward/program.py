"""A package that runs on a box, as one file that needs nothing there but Python."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.resources import files

_FIRST_LINE = b"#!/usr/bin/env python3\n"
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@cache
def make_program(package: str) -> bytes:
    """The package and a start of its `main`; the same bytes every time."""
    start = f"import sys\nfrom {package}.__main__ import main\nsys.exit(main())\n"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", _NO_DATE), start)
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith(".py"):
                name = zipfile.ZipInfo(f"{package}/{path.name}", _NO_DATE)
                archive.writestr(name, path.read_bytes())
    return _FIRST_LINE + stream.getvalue()
