"""The uploader of a bundle, as a process with the rendered settings, against a cloud on loopback.

Nothing that was handed over may be lost, whatever happens to the process, the link or the disk.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.real.readers.bucket import SECRET, TOKEN, Cloud
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.certificates import Authority, Identity
from tests.real.readers.packs import UPLOADER, UPLOADS

STREAM = "cap-frames"


@dataclass(slots=True)
class Host:
    """A box with its bundle, whose settings name the loopback cloud instead of Amazon's hosts."""

    folder: Path
    cloud: Cloud
    said: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    handed_over: list[bytes] = field(default_factory=list)

    @property
    def spool(self) -> Path:
        return self.folder / "spool"

    @property
    def waiting(self) -> list[Path]:
        return sorted((self.spool / STREAM).iterdir())

    def hand_over(self, content: bytes) -> None:
        """As docs/how-to/edge-bundle.md says; what comes back from it counts as acknowledged."""
        name = f"{time.time_ns():020}-{len(self.handed_over):06}.bin"
        part = self.spool / STREAM / f".{name}"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(part.with_name(name))
        self.handed_over.append(content)

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command(),
            env={"PATH": os.environ["PATH"], "CREDENTIALS_DIRECTORY": str(self.folder / "tls")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, seconds: float = 60) -> int:
        process = self.start()
        self.said += process.communicate(timeout=seconds)[0]
        return process.returncode

    def metric(self, name: str) -> int:
        text = (self.folder / "state/uploads.prom").read_text()
        line = next(x for x in text.splitlines() if x.startswith(f'{name}{{stream="{STREAM}"}}'))
        return int(line.split()[-1])

    def change_settings(self, **changes: object) -> None:
        path = self.folder / UPLOADS
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    def arrived(self) -> list[bytes]:
        return sorted(self.cloud.objects.values())

    def _command(self) -> list[str]:
        return [
            str(self.folder / UPLOADER),
            f"--config={self.folder / UPLOADS}",
            f"--spool={self.spool}",
            f"--state={self.folder / 'state'}",
        ]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (bundle,) = bundles_of("made-up-uploads")
    unpack(bundle, tmp_path)
    settings: dict[str, Any] = json.loads((tmp_path / UPLOADS).read_text())
    tls = tmp_path / "tls"
    for folder in (tls, tmp_path / "state", tmp_path / "spool" / STREAM):
        folder.mkdir(parents=True)
    authority = Authority(tls / "cloud-ca.pem", "the cloud")
    server = authority.issue(Identity(tmp_path / "s.pem", tmp_path / "s.key"), "localhost")
    authority.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), settings["thing"])
    cloud = Cloud(settings["thing"])
    with cloud.serve(server, str(authority.certificate)) as address:
        host = Host(tmp_path, cloud)
        host.change_settings(credentials_host=address, bucket_host=address)
        yield host
    assert SECRET not in host.said and TOKEN not in host.said


def test_what_waits_arrives_once_and_leaves_the_spool(host: Host) -> None:
    contents = [os.urandom(random.randrange(1, 300_000)) for _ in range(20)]
    for content in contents:
        host.hand_over(content)
    assert host.run() == 0, host.said
    assert host.arrived() == sorted(contents)
    assert host.waiting == []
    assert (host.cloud.asked, host.cloud.refused) == (1, [])
    assert all(
        key.startswith(f"streams/{STREAM}/{host.cloud.thing}/") for key in host.cloud.objects
    )
    assert host.metric("edgeward_upload_items_total") == 20
    assert host.metric("edgeward_upload_bytes_total") == sum(map(len, contents))
    assert host.metric("edgeward_upload_backlog_items") == 0
