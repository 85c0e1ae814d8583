"""What a box says of itself after a run, for `edgeward inventory`."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from edgeward_pull.release import Host, succeeds


def describe(host: Host, said: str, now: datetime) -> dict[str, Any]:
    """The report; `said` is the line that the run ended with."""
    slots = host.slots
    current = slots.current
    manifest = slots.path(current) / "manifest.json" if current else None
    known = json.loads(manifest.read_bytes()) if manifest and manifest.exists() else {}
    return {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "ReportedDevice",
        "site": host.settings.site,
        "box": host.settings.box,
        "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "release": int(current.partition("-")[0]) if current else None,
        "slot": current,
        "previous": slots.previous,
        "failed": slots.failed(),
        "on_trial": slots.trial() is not None,
        "healthy": current is not None and succeeds(host.settings.health),
        "models": [
            {
                "use_case": each["name"],
                **{k: each["model"][k] for k in ("name", "version", "sha256")},
            }
            for each in known.get("use_cases", ())
        ],
        **_measured(slots.path(current) / "measured.json" if current else None),
        "certificate_until": _certificate_end(host.settings.certificate),
        "said": said,
    }


def _measured(path: Path | None) -> dict[str, Any]:
    """What the services of a slot count there: events and bad ones by metric, the result."""
    try:
        found = json.loads(path.read_bytes()) if path is not None else {}
        return {"counters": found.get("counters", {}), "outcome": found.get("outcome")}
    except (OSError, ValueError, AttributeError):
        return {"counters": {}, "outcome": None}


def _certificate_end(path: str | None) -> str | None:
    if path is None:
        return None
    command = ["openssl", "x509", "-noout", "-enddate", "-dateopt", "iso_8601", "-in", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    end = done.stdout.strip().removeprefix("notAfter=")
    return end.replace(" ", "T") if done.returncode == 0 else None
