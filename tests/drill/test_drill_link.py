"""Store and forward, by cutting the link: what the edge acknowledged arrives in the cloud."""

from __future__ import annotations

import random
import re
import signal
import time
from pathlib import Path

import pytest

from tests.drill.edge import Cut, edge_of
from tests.real.readers.mosquitto import CONFIG

RATE = 100


@pytest.mark.parametrize("how", ["reset", "black hole"])
def test_a_cut_loses_nothing(how: Cut, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with edge_of(tmp_path) as edge:
        edge.publish(RATE)
        time.sleep(2)
        with edge.cut(how):
            time.sleep(4)
        time.sleep(1)
        count = edge.settle()
    _tell(capsys, f"one cut of 4 s, {how}", count)
    assert count.lost == 0
    assert count.acknowledged > 4 * RATE


def test_a_flapping_link_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with edge_of(tmp_path) as edge:
        edge.publish(RATE)
        for number in range(8):
            with edge.cut("black hole" if number % 2 else "reset"):
                time.sleep(0.3)
            time.sleep(0.3)
        count = edge.settle()
    _tell(capsys, "eight cuts of 0.3 s", count)
    assert count.lost == 0


def test_a_broker_that_is_stopped_in_an_outage_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with edge_of(tmp_path) as edge:
        edge.publish(RATE)
        time.sleep(1)
        with edge.cut("black hole"):
            time.sleep(2)
            edge.end_broker(signal.SIGTERM)
            edge.restart_broker()
            time.sleep(1)
        count = edge.settle()
    _tell(capsys, "SIGTERM of the broker in an outage", count)
    assert count.lost == 0


def test_a_killed_broker_loses_at_most_what_came_since_its_last_save(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Physics: the broker acknowledges before it saves. What must not be lost at all goes through
    the collector, whose queue is on disk first."""
    with edge_of(tmp_path) as edge:
        text = (tmp_path / CONFIG).read_text()
        interval = int(re.findall(r"^autosave_interval (\d+)$", text, re.M)[0])
        edge.publish(RATE)
        with edge.cut("black hole"):
            time.sleep(interval + 3)
            edge.end_broker(signal.SIGKILL)
            edge.restart_broker()
            time.sleep(1)
        count = edge.settle(seconds=12)
    _tell(capsys, f"SIGKILL of the broker, saves every {interval} s", count)
    assert count.lost <= RATE * (interval + 1)
    assert count.acknowledged > count.lost


def test_a_full_disk_in_an_outage_loses_nothing_while_the_broker_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with edge_of(tmp_path, small_disk="64k") as edge:
        edge.publish(RATE, size=2000)
        with edge.cut("reset"):
            time.sleep(13)
        count = edge.settle()
        assert "No space left" in edge.broker.log.read_text()
    _tell(capsys, "a disk of 64 kB, full for some seconds", count)
    assert count.lost == 0


def test_a_slow_link_delays_and_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Live data is 1.4 times what the link carries; then the backlog drains as computed."""
    kbit = 512
    with edge_of(tmp_path) as edge:
        edge.slow_down(kbit)
        edge.publish(RATE, size=900)
        time.sleep(6)
        left = edge.stop_publishing()
        started = time.monotonic()
        count = edge.settle()
        took = time.monotonic() - started
    computed = left.lost * 900 * 8 / 1000 / kbit
    _tell(capsys, f"{kbit} kbit/s: {took:.1f} s for what takes {computed:.1f} s", count)
    assert count.lost == 0
    assert took < 2 * computed + 5


def test_the_drill_would_see_a_loss(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same cut with mosquitto's own default for a queue, which is what plants start with."""
    with edge_of(tmp_path, change=("max_queued_messages .*", "max_queued_messages 50")) as edge:
        edge.publish(RATE)
        with edge.cut("reset"):
            time.sleep(3)
        count = edge.settle(seconds=6)
    _tell(capsys, "a queue of 50 messages, for comparison", count)
    assert count.lost > 50


@pytest.mark.soak
def test_two_hundred_cuts_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(20261123)
    with edge_of(tmp_path, longest=1800) as edge:
        edge.publish(50)
        for number in range(200):
            with edge.cut("black hole" if number % 2 else "reset"):
                time.sleep(chance.uniform(0.1, 1.5))
            time.sleep(chance.uniform(0.1, 1.5))
        count = edge.settle()
    _tell(capsys, "200 cuts of 0.1 to 1.5 s", count)
    assert count.lost == 0
    assert count.acknowledged > 200 * 50


def _tell(capsys: pytest.CaptureFixture[str], what: str, count: object) -> None:
    with capsys.disabled():
        print(f"\n  {what:<44} {count}")
