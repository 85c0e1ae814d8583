"""A run without a network: what is sent, in which order, how long it waits, what it says."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from edgeward_upload.failed import Denied, Failed, Unreachable
from edgeward_upload.metrics import Metrics
from edgeward_upload.run import Time, Upload
from edgeward_upload.settings import Settings, Stream, read_settings
from edgeward_upload.spool import Spool

SETTINGS = Settings(
    thing="box",
    role_alias="alias",
    region="eu-central-1",
    credentials_host="credentials.example",
    bucket_host="bucket.example",
    timezone="UTC",
    windows=(),
    bytes_per_second=None,
    most_bytes=None,
    free_percent=0,
    streams=(Stream("defects", "streams/defects/"), Stream("frames", "streams/frames/")),
)


class Cloud:
    """Takes everything but what `failing` says of a path; a clock that only sleeping moves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, 1_800_000_000.0
        self.paths: list[str] = []
        self.bodies: list[bytes] = []
        self.failing: Callable[[str], Failed | None] = lambda _path: None
        self.closes_at = math.inf
        self.slept: list[float] = []

    def put(self, path: str, sha256: bytes, size: int, body: Callable[[], Iterator[bytes]]) -> None:
        failure = self.failing(path)
        if failure is not None:
            raise failure
        content = b"".join(body())
        assert (len(content), hashlib.sha256(content).digest()) == (size, sha256)
        self.paths.append(path)
        self.bodies.append(content)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def run(self, settings: Settings = SETTINGS) -> tuple[str, bool]:
        metrics = Metrics(self.folder / "uploads.prom", [each.name for each in settings.streams])
        clock = Time(
            lambda: self.closes_at - self.now, lambda: self.now, lambda: self.now, self.sleep
        )
        return Upload(settings, Spool(self.folder, settings), self, metrics, clock).run()

    def metric(self, name: str, stream: str) -> int:
        text = (self.folder / "uploads.prom").read_text()
        (line,) = [x for x in text.splitlines() if x.startswith(f'{name}{{stream="{stream}"}}')]
        return int(line.split()[1])

    def names(self) -> list[str]:
        return [path.split("/")[4].split("-")[0] for path in self.paths]


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    for stream in SETTINGS.streams:
        (tmp_path / stream.name).mkdir()
    return Cloud(tmp_path)


def _add(cloud: Cloud, path: str, content: bytes = b"x", age: float = 0) -> Path:
    file = cloud.folder / path
    file.write_bytes(content)
    os.utime(file, (cloud.now - age, cloud.now - age))
    return file


def test_by_priority_then_by_name(cloud: Cloud) -> None:
    for path in ("frames/1", "frames/0", "defects/9", "defects/8"):
        _add(cloud, path)
    assert cloud.run() == ("4 sent", True)
    assert cloud.names() == ["8", "9", "0", "1"]
    assert cloud.run() == ("0 sent", True)


def test_what_comes_meanwhile_and_is_more_important_does_not_wait_for_all_the_rest(
    cloud: Cloud,
) -> None:
    for number in range(10):
        _add(cloud, f"frames/{number}", b"x" * 10_000)

    def comes_during_the_first(path: str) -> None:
        if "/0-" in path:
            _add(cloud, "defects/new")

    cloud.failing = comes_during_the_first
    cloud.run(SETTINGS._replace(bytes_per_second=1000))
    assert cloud.names().index("new") == 4, "after 40 s, as it looks again after 30"


def test_the_key_has_name_and_digest_and_is_quoted_once(cloud: Cloud) -> None:
    _add(cloud, "frames/2026-01-05T10.15.00Z.tar.gz", b"same")
    cloud.run()
    assert cloud.paths == [
        "/streams/frames/box/2026-01-05T10.15.00Z.tar-0967115f2813a354.gz",
    ]


def test_a_failure_waits_longer_each_time_and_then_leaves_it_to_the_next_run(cloud: Cloud) -> None:
    file = _add(cloud, "frames/1")
    cloud.failing = lambda _path: Unreachable("out of reach")
    said, well = cloud.run()
    assert (said, well) == ("0 sent, then out of reach; the rest waits", True)
    assert [1 <= cloud.slept[0] <= 2, 2 <= cloud.slept[1] <= 4, len(cloud.slept)] == [True, True, 5]
    assert sum(cloud.slept) < 90 and file.exists()


def test_a_refused_stream_stops_no_other(cloud: Cloud) -> None:
    _add(cloud, "defects/1")
    _add(cloud, "frames/1")
    cloud.failing = lambda path: Denied("no") if "defects" in path else None
    assert cloud.run() == ("1 sent; defects: no", False)
    assert cloud.metric("edgeward_upload_refused", "defects") == 1
    assert cloud.metric("edgeward_upload_refused", "frames") == 0


def test_an_item_that_cannot_be_in_time_makes_room_for_one_that_can(cloud: Cloud) -> None:
    _add(cloud, "defects/large", b"x" * 100_000)
    _add(cloud, "frames/small", b"x" * 1000)
    cloud.closes_at = cloud.now + 10
    assert cloud.run(SETTINGS._replace(bytes_per_second=1000)) == ("1 sent", True)
    assert cloud.names() == ["small"]


def test_nothing_is_sent_while_the_window_is_closed(cloud: Cloud) -> None:
    _add(cloud, "frames/1", age=600)
    cloud.closes_at = cloud.now
    assert cloud.run() == ("0 sent, then the window closed; the rest waits", True)
    assert cloud.metric("edgeward_upload_oldest_seconds", "frames") == 600
    assert cloud.metric("edgeward_upload_backlog_bytes", "frames") == 1


def test_the_least_important_is_given_up_the_newest_first(cloud: Cloud) -> None:
    cloud.closes_at = cloud.now
    for path in ("defects/1", "defects/2", "frames/1", "frames/2"):
        _add(cloud, path, b"x" * 100)
    cloud.run(SETTINGS._replace(most_bytes=300))
    assert sorted(path.name for path in (cloud.folder / "frames").iterdir()) == ["1"]
    cloud.run(SETTINGS._replace(most_bytes=100))
    assert not any((cloud.folder / "frames").iterdir())
    assert [path.name for path in (cloud.folder / "defects").iterdir()] == ["1"]
    assert cloud.metric("edgeward_upload_dropped_total", "frames") == 2
    assert cloud.metric("edgeward_upload_dropped_total", "defects") == 1


def test_what_is_no_item_is_left_alone_and_told(cloud: Cloud) -> None:
    outside = _add(cloud, "outside", b"not ours")
    (cloud.folder / "frames/link").symlink_to(outside)
    (cloud.folder / "frames/folder").mkdir()
    _add(cloud, "frames/a name with spaces")
    assert cloud.run() == ("0 sent", True)
    assert cloud.metric("edgeward_upload_refused", "frames") == 3
    assert outside.exists() and cloud.paths == []


def test_what_was_never_handed_over_goes_after_a_day(cloud: Cloud) -> None:
    young, old = _add(cloud, "frames/.young", age=86_000), _add(cloud, "frames/.old", age=90_000)
    cloud.run()
    assert young.exists() and not old.exists()


def test_counts_go_on_over_runs_and_survive_a_damaged_file(cloud: Cloud) -> None:
    for run in (1, 2):
        _add(cloud, f"frames/{run}", b"x" * 10)
        cloud.run()
        assert cloud.metric("edgeward_upload_items_total", "frames") == run
    (cloud.folder / "uploads.prom").write_bytes(b"\xff\x00 damaged")
    cloud.run()
    assert cloud.metric("edgeward_upload_items_total", "frames") == 0


def test_settings_that_are_none_are_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "uploads.json"
    for content in ("", "{}", "[]", '{"windows": [], "streams": [], "thing": "only"}'):
        file.write_text(content)
        with pytest.raises(ValueError, match="is not the settings"):
            read_settings(file)
