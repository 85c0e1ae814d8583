"""`upload-streams`: one run; a timer calls it again."""

from __future__ import annotations

import argparse
import fcntl
import os
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from edgeward_upload.cloud import Cloud
from edgeward_upload.metrics import Metrics
from edgeward_upload.run import Time, Upload
from edgeward_upload.settings import Settings, read_settings
from edgeward_upload.spool import Spool
from edgeward_upload.window import seconds_left


def main() -> int:
    """0 also where the link is away, which is nothing unusual; 1 where somebody has to look."""
    parser = argparse.ArgumentParser(prog="upload-streams", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("/etc/edgeward/uploads.json"))
    parser.add_argument("--spool", type=Path, default=Path("/var/spool/edgeward"))
    parser.add_argument("--state", type=Path, default=Path("/run/edgeward-upload"))
    options = parser.parse_args()
    try:
        with (options.state / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _run(read_settings(options.config), options.spool, options.state)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        print(f"upload-streams: {error}", file=sys.stderr)
        return 1


def _run(settings: Settings, spool: Path, state: Path) -> int:
    zone = ZoneInfo(settings.timezone) if settings.windows else UTC
    metrics = Metrics(state / "uploads.prom", [stream.name for stream in settings.streams])
    clock = Time(lambda: seconds_left(settings.windows, _now(), zone))
    cloud = Cloud(settings, _tls, _now, clock.window)
    said, well = Upload(settings, Spool(spool, settings), cloud, metrics, clock).run()
    print(f"upload-streams: {said}", file=sys.stdout if well else sys.stderr)
    return 0 if well else 1


def _tls() -> ssl.SSLContext:
    """With the certificate of the box and the authorities of the cloud, which systemd hands in."""
    folder = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/etc/edgeward/tls"))
    context = ssl.create_default_context(cafile=folder / "cloud-ca.pem")
    context.load_cert_chain(folder / "cloud.pem", folder / "cloud.key")
    return context


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
