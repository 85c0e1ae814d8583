from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from edgeward.errors import NotEvaluated
from edgeward.policy.engine import Engine, open_engine
from edgeward.policy.opa import find_opa
from edgeward.policy.rule_set import RuleSet, load_rules
from edgeward.policy.thresholds import load_thresholds

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def opa() -> Path:
    found = find_opa()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("opa is absent, and CI provisions it")
        pytest.skip("opa is absent: nothing that compiles rules or runs a server was tested")
    return found


@pytest.fixture(scope="session")
def rule_set() -> RuleSet:
    return load_rules(ROOT)


@pytest.fixture(scope="session")
def thresholds() -> Mapping[str, Any]:
    return load_thresholds(ROOT, {})


@pytest.fixture(scope="session")
def engine(rule_set: RuleSet) -> Engine:
    return open_engine(rule_set)


@pytest.fixture(scope="session")
def opa_url(opa: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [str(opa), "run", "--server", "--addr", address, "--skip-version-check"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def opa_server(opa_url: str, rule_set: RuleSet) -> Engine:
    return open_engine(rule_set, opa_url)


def _wait_for(address: str) -> None:
    host, port = address.split(":")
    for _ in range(100):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotEvaluated(f"no OPA server at {address}")
