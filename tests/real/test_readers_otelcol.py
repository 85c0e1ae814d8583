"""The collector takes every box's file and starts with it, and a broken copy is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.packs import COLLECTOR, break_file, bundles_with

# $1: the program, $2: how long it may run. Ends with what health_check answers.
_START = """
export CREDENTIALS_DIRECTORY=/etc/edgeward/tls
mount -t tmpfs none /var/lib && mkdir /var/lib/otelcol
"$1" --config /etc/otelcol/config.yaml &
collector=$!
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sleep 0.2
    if "$2" -I -c 'import urllib.request as u; u.urlopen("http://127.0.0.1:13133/")' 2>/dev/null
    then echo healthy; break; fi
    kill -0 $collector 2>/dev/null || break
done
kill $collector 2>/dev/null; wait $collector
"""
# That the test runs in a container is no fault of the file.
_COMPLAINT = re.compile(r"\t(error|warn)\t(?!.*running in docker)|^Error:", re.M)


@pytest.fixture(autouse=True)
def _programs() -> None:
    needs("otelcol")


def read_collector(folder: Path) -> list[str]:
    """Everything that is wrong with the collector's file below `folder`."""
    import sys  # noqa: PLC0415

    _provide(folder)
    otelcol = str(needs("otelcol"))
    with Box(folder) as box:
        told = box.run(
            "env",
            "CREDENTIALS_DIRECTORY=/etc/edgeward/tls",
            otelcol,
            "validate",
            "--config",
            f"/{COLLECTOR}",
        )
        if told.returncode:
            return [told.stderr.strip()]
        told = box.run("sh", "-c", _START, "sh", otelcol, sys.executable)
        found = [line for line in told.stderr.splitlines() if _COMPLAINT.search(line)]
        return [*found, *([] if "healthy" in told.stdout else ["it does not start"])]


def _provide(folder: Path) -> None:
    from tests.real.readers.certificates import Authority, Identity  # noqa: PLC0415

    tls = folder / "etc/edgeward/tls"
    tls.mkdir(parents=True, exist_ok=True)
    cloud = Authority(tls / "cloud-ca.pem", "cloud")
    cloud.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), "box")


def test_every_collector_starts_without_a_complaint(tmp_path: Path) -> None:
    bundles = bundles_with(COLLECTOR)
    assert len(bundles) >= 5
    seen: set[bytes] = set()
    for number, bundle in enumerate(bundles):
        folder = unpack(bundle, tmp_path / f"{number}")
        # Boxes whose files differ in nothing but comments are read once.
        text = re.sub(rb"#.*", b"", (folder / COLLECTOR).read_bytes())
        if text not in seen:
            seen.add(text)
            assert read_collector(folder) == []
    assert len(seen) >= 2


BROKEN = {
    "an unknown setting": (r"^    timeout: 10s", "    timeot: 10s", "timeot"),
    "an unknown component": (r"^  memory_limiter:", "  memory_limits:", "memory_limits"),
    "a pipeline of nothing": (r"exporters: \[otlp_http\]", "exporters: [otlp_htp]", "otlp_htp"),
    "a word for a size": (r"queue_size: \d+", "queue_size: much", "queue_size"),
    # What `validate` takes, and the start does not.
    "a storage that is not there": (
        r"storage: file_storage$",
        "storage: file_storage/x",
        "storage",
    ),
    "a folder that is none": (r"directory: /var/lib/otelcol/queue$", "directory: /etc/hosts", "."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, tmp_path: Path) -> None:
    pattern, replacement, complaint = BROKEN[name]
    folder = unpack(bundles_of("made-up-windows")[0], tmp_path)
    break_file(folder / COLLECTOR, pattern, replacement)
    found = read_collector(folder)
    assert any(re.search(complaint, line) for line in found), found


def test_nothing_waits_in_memory_and_nothing_is_given_up(tmp_path: Path) -> None:
    text = (unpack(bundles_of("made-up-windows")[0], tmp_path) / COLLECTOR).read_text()
    assert not re.search(r"^\s+batch: *$|processors:.*batch", text, re.M)
    for line in ("max_elapsed_time: 0s", "storage: file_storage", "batch: {flush_timeout"):
        assert line in text
