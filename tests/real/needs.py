"""What a real test needs of the machine: left out where it is absent, failed where it is required.

REAL=1 or CI=true requires it; see `tools.readers`.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from tools.readers import find_reader, readers_required


def needs(name: str) -> Path:
    """Where the program `name` is; without it the test is skipped, or fails, naming it."""
    found = find_reader(name)
    if found is None:
        _stop(f"{name} is not on this machine; `make tools` installs it")
    return found


def needs_namespaces() -> None:
    """Mount and network namespaces of its own, which take root or a container that permits them."""
    refusal = _refusal()
    if refusal:
        _stop(f"private namespaces are not permitted here: {refusal}")


@cache
def _refusal() -> str:
    command = [str(needs("unshare")), "--mount", "--net", "--pid", "--fork", "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip()


def _stop(message: str) -> NoReturn:
    __tracebackhide__ = True
    if readers_required():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
