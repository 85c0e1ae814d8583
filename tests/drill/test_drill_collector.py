"""The collector's queue on disk: what it acknowledged arrives, also after a kill in an outage."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.drill.collector import collector_of
from tests.real.needs import needs


@pytest.fixture(autouse=True)
def _programs() -> None:
    for name in ("otelcol", "openssl"):
        needs(name)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_collector_that_ends_in_an_outage_loses_nothing(
    number: signal.Signals, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with collector_of(tmp_path) as drill:
        with drill.cloud_up():
            drill.send()
            time.sleep(2)
        time.sleep(2)
        drill.end(number)
        drill.restart()
        time.sleep(1)
        with drill.cloud_up():
            count = drill.settle()
    with capsys.disabled():
        print(f"\n  {number.name + ' of the collector in an outage':<44} {count}")
    assert count.lost == 0
    assert count.acknowledged > 500
