"""Every alert fires where it should, stays silent where it should, and is silent in a window."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.real.needs import needs
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.packs import ALERTS, break_file, bundles_with

# The sample's window is Sunday 06:00 to 10:00 in a zone an hour ahead; series begin on Thursday,
# 1 January 1970, and have a value every five minutes.
IN_WINDOW, AFTER = "79h", "82h"
_LOCAL = {"node_time_zone_offset_seconds": "3600x1000"}
_LAST = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """Series with which an alert fires, and others with which it does not."""

    fires: dict[str, str]
    quiet: dict[str, str]


def _flat(name: str, bad: float, good: float) -> Case:
    return Case({name: f"{bad}x{_LAST}"}, {name: f"{good}x{_LAST}"})


_USE = 'use_case="cap-check"'
_LATE, _ALL = f"edgeward_predictions_late_total{{{_USE}}}", f"edgeward_predictions_total{{{_USE}}}"
_FREE, _RAM = "node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"
_DISK_FREE, _DISK = "node_filesystem_avail_bytes", "node_filesystem_size_bytes"
CASES = {
    "EdgewardMemoryShort": Case(
        {_FREE: f"14x{_LAST}", _RAM: f"100x{_LAST}"}, {_FREE: f"15x{_LAST}", _RAM: f"100x{_LAST}"}
    ),
    "EdgewardDiskShort": Case(
        {_DISK_FREE: f"9x{_LAST}", _DISK: f"100x{_LAST}"},
        {_DISK_FREE: f"10x{_LAST}", _DISK: f"100x{_LAST}"},
    ),
    "EdgewardThrottled": Case(
        {"node_cpu_core_throttles_total": f"0+1x{_LAST}"},
        {"node_cpu_core_throttles_total": f"7x{_LAST}"},
    ),
    "EdgewardHot": _flat("edgeward_ambient_celsius", 46, 45),
    "EdgewardPowerCycles": Case(
        {"node_boot_time_seconds": f"0+1x{_LAST}"}, {"node_boot_time_seconds": f"5x{_LAST}"}
    ),
    "EdgewardClockOff": _flat("node_timex_sync_status", 0, 1),
    "EdgewardCertificateExpires": _flat(
        "edgeward_certificate_expiry_seconds", 2_000_000, 3_000_000
    ),
    "EdgewardBacklogNearLimit": _flat("edgeward_backlog_bytes", 92_160_001, 92_160_000),
    "EdgewardOutageNearWorst": Case(
        {"edgeward_cloud_connected": f"1x800 0x{_LAST - 800}"},
        {"edgeward_cloud_connected": f"1x900 0x20 1x10 0x{_LAST - 930}"},
    ),
    "EdgewardLate": Case(
        {_LATE: f"0+2x{_LAST}", _ALL: f"0+10000x{_LAST}"},
        {_LATE: f"0+1x{_LAST}", _ALL: f"0+10001x{_LAST}"},
    ),
    "EdgewardSilent": Case({}, {_ALL: f"0+1x{_LAST}"}),
    "EdgewardQueueFull": _flat(f"edgeward_queue_length{{{_USE}}}", 6, 5),
    "EdgewardConfidenceLow": Case(
        {f"edgeward_confidence_mean{{{_USE}}}": f"0.9x900 0.3x{_LAST - 900}"},
        {f"edgeward_confidence_mean{{{_USE}}}": f"0.9x{_LAST}"},
    ),
    "EdgewardDrift": _flat(f'edgeward_measure{{{_USE}, metric="reject_rate"}}', 0.021, 0.02),
    "EdgewardRollBack": _flat(
        f'edgeward_measure{{{_USE}, metric="false_reject_rate"}}', 0.0011, 0.001
    ),
    "EdgewardOutcomeWorse": _flat(
        f'edgeward_measure{{{_USE}, metric="complaints_per_million_bottles"}}', 41, 40
    ),
}
# Of a box whose streams leave as files; the first has a queue of the broker's, this one a spool.
_STREAM = '{stream="cap-frames"}'
UPLOADS = {
    "EdgewardSpoolNearLimit": _flat(f"edgeward_upload_backlog_bytes{_STREAM}", 92_160_001, 92e6),
    "EdgewardUploadLate": _flat(f"edgeward_upload_oldest_seconds{_STREAM}", 23_041, 23_040),
    "EdgewardUploadGaveUp": Case(
        {f"edgeward_upload_dropped_total{_STREAM}": f"0+1x{_LAST}"},
        {f"edgeward_upload_dropped_total{_STREAM}": f"7x{_LAST}"},
    ),
    "EdgewardUploadRefused": _flat(f"edgeward_upload_refused{_STREAM}", 1, 0),
    "EdgewardUploaderSilent": Case({}, {f"edgeward_upload_backlog_bytes{_STREAM}": f"0x{_LAST}"}),
}


@pytest.fixture(autouse=True)
def _programs() -> None:
    needs("promtool")


@pytest.fixture
def box_folder(tmp_path: Path) -> Path:
    return unpack(bundles_of("made-up-windows")[0], tmp_path)


@pytest.fixture
def spool_folder(tmp_path: Path) -> Path:
    return unpack(bundles_of("made-up-uploads")[0], tmp_path / "spooling")


def _promtool(*arguments: str) -> str:
    command = [str(needs("promtool")), *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if told.returncode == 0 else told.stderr + told.stdout


def _expect(folder: Path, alert: str, *cases: tuple[dict[str, str], dict[str, bool]]) -> str:
    """What promtool says when the alert is not as expected: series, then times with whether it
    fires."""
    test = {
        "rule_files": [str(folder / ALERTS)],
        "evaluation_interval": "5m",
        "tests": [_generate(alert, series, times) for series, times in cases],
    }
    file = folder / "test.yaml"
    file.write_text(json.dumps(test))
    return _promtool("test", "rules", str(file))


def _generate(alert: str, series: dict[str, str], times: dict[str, bool]) -> dict[str, object]:
    inputs = {**_LOCAL, **series}.items()
    expr = f'count(ALERTS{{alertname="{alert}", alertstate="firing"}})'
    found = [{"labels": "{}", "value": 1}]
    return {
        "interval": "5m",
        "input_series": [{"series": name, "values": values} for name, values in inputs],
        "promql_expr_test": [
            {"expr": expr, "eval_time": at, "exp_samples": found if firing else []}
            for at, firing in times.items()
        ],
    }


def test_every_rule_file_is_taken(tmp_path: Path) -> None:
    bundles = bundles_with(ALERTS)
    assert len(bundles) >= 5
    for number, bundle in enumerate(bundles):
        folder = unpack(bundle, tmp_path / f"{number}")
        assert _promtool("check", "rules", str(folder / ALERTS)) == ""


def _alerts(folder: Path) -> list[dict[str, Any]]:
    groups = yaml.safe_load((folder / ALERTS).read_text())["groups"]
    return [rule for group in groups for rule in group["rules"] if "alert" in rule]


def test_every_alert_of_every_layer_has_a_case(box_folder: Path, spool_folder: Path) -> None:
    alerts = _alerts(box_folder)
    assert {rule["alert"] for rule in alerts} == set(CASES)
    of_uploads = {rule["alert"] for rule in _alerts(spool_folder)} - set(CASES)
    assert of_uploads == set(UPLOADS)
    layers = {rule["labels"]["layer"] for rule in alerts}
    assert layers == {"infrastructure", "inference", "outcome"}


@pytest.mark.parametrize("alert", CASES)
def test_an_alert_fires_stays_quiet_and_is_silent_in_a_window(alert: str, box_folder: Path) -> None:
    case = CASES[alert]
    fires = (case.fires, {IN_WINDOW: False, AFTER: True})
    assert _expect(box_folder, alert, fires, (case.quiet, {AFTER: False})) == ""


@pytest.mark.parametrize("alert", UPLOADS)
def test_an_alert_about_uploads_fires_stays_quiet_and_is_silent_in_a_window(
    alert: str, spool_folder: Path
) -> None:
    fires = (UPLOADS[alert].fires, {IN_WINDOW: False, AFTER: True})
    assert _expect(spool_folder, alert, fires, (UPLOADS[alert].quiet, {AFTER: False})) == ""


def test_the_window_follows_the_clock_of_the_plant(box_folder: Path) -> None:
    """Sunday 06:00 there is 05:00 in UTC: silent from 77h on, for four hours.

    An alert may be evaluated before what says that it is a window: it is asked a step later.
    """
    times = {"76h55m": True, "77h5m": False, "80h55m": False, "81h5m": True}
    fires = CASES["EdgewardBacklogNearLimit"].fires
    assert _expect(box_folder, "EdgewardBacklogNearLimit", (fires, times)) == ""


BROKEN = {
    "an expression that is none": (r"node_timex_sync_status == 0", "node_timex_sync_status = 0"),
    "an unknown function": (r"changes\(", "chnges("),
    "a word for a time": (r"for: 10m", "for: soon"),
    "an unknown key": (r"        for: 30m", "        fro: 30m"),
    "a template in a note": (r"the box restarts", "{{ the box restarts"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, box_folder: Path) -> None:
    break_file(box_folder / ALERTS, *BROKEN[name])
    assert _promtool("check", "rules", str(box_folder / ALERTS)) != ""


def test_a_wrong_threshold_is_noticed(box_folder: Path) -> None:
    break_file(box_folder / ALERTS, "92160000", "95000000")
    case = CASES["EdgewardBacklogNearLimit"]
    assert _expect(box_folder, "EdgewardBacklogNearLimit", (case.fires, {AFTER: True})) != ""
