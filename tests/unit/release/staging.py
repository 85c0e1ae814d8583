"""A signed repository of two plants over HTTP on loopback, for tests of who reads it."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from edgeward.bundle.bundle import MANIFEST, Bundle, render_bundles
from edgeward.bundle.render import BundleFile
from edgeward.release.assign import Assigned, sign_for
from edgeward.release.build import build_release
from edgeward.release.ceremony import sign_offline
from edgeward.release.keys import KEYS_FILE, ReleaseKeys, load_keys, open_signers
from edgeward.release.repository import publish
from tests.samples import DECISION, SITE
from tests.unit.bundle.rendering import CATALOG, PACKS

NOW = datetime.now(UTC).replace(microsecond=0)
SITES = ("brno", "lyon")
BOX = "line2-gpu"
HOLDERS = ("root-a", "root-b", "targets", "online", "models", "plants-a", "plants-b", "stranger")
KEYS = """\
apiVersion: edgeward/v1alpha1
kind: ReleaseKeys
name: keys
roles:
  root: {keys: [root-a.pub, root-b.pub], threshold: 2, days: 365}
  targets: {keys: [targets.pub], days: 365}
  snapshot: {keys: [online.pub], days: 30}
  timestamp: {keys: [online.pub], days: 30}
  models: {keys: [models.pub], days: 90}
  plants: {keys: [plants-a.pub, plants-b.pub], threshold: 2, days: 90}
"""


@cache
def _sizing() -> Bundle:
    return render_bundles(SITE, DECISION, CATALOG, PACKS, release=7)[0]


def make_bundle(site: str, text: str = "one", model: str | None = "net-1.0") -> Bundle:
    """A bundle that says `text`; its use case `check` runs `model` from a file."""
    name, _, version = (model or "").partition("-")
    case = {
        "name": "check",
        "runs_at": BOX,
        "model": {"name": name, "version": version, "sha256": None, "image": None},
    }
    manifest = {"site": site, "box": BOX, "use_cases": [case] if model else []}
    files = (
        BundleFile("etc/edgeward/said", 0o644, text.encode()),
        BundleFile(MANIFEST, 0o644, json.dumps(manifest).encode()),
    )
    return replace(_sizing(), site=site, device=BOX, name=BOX, files=files)


def write_keys(root: Path, text: str = KEYS) -> Path:
    """A repository of declarations with a pair of keys for each holder."""
    folder = (root / KEYS_FILE).parent
    folder.mkdir(parents=True)
    (root / KEYS_FILE).write_text(text)
    for number, name in enumerate(HOLDERS):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{name}.key").write_bytes(private)
        (folder / f"{name}.pub").write_bytes(public)
    return root


@dataclass(frozen=True, slots=True)
class Stage:
    """`root` has the declarations, `repository` what is served."""

    root: Path
    repository: Path

    @property
    def keys(self) -> ReleaseKeys:
        return load_keys(self.root)

    def key(self, *holders: str) -> tuple[str, ...]:
        folder = (self.root / KEYS_FILE).parent
        return tuple(str(folder / f"{holder}.key") for holder in holders)

    def build(self, number: int, text: str, model: str | None = "net-1.0") -> None:
        models = self.root / "models"
        for name in ("net-1.0", "net-2.0"):
            (models / name).mkdir(parents=True, exist_ok=True)
            (models / name / "run").write_text(f"#!/bin/sh\necho {name}\n")
            (models / name / "run").chmod(0o755)
        bundles = [make_bundle(site, f"{text} for {site}", model) for site in SITES]
        build_release(self.repository, number, bundles, models)

    def publish(
        self, assigned: Mapping[str, Assigned], now: datetime = NOW, *, holders: str = "all"
    ) -> tuple[str, ...]:
        names = HOLDERS[3:7] if holders == "all" else holders.split()
        signers = open_signers(self.key(*names))
        return publish(
            self.repository, sign_for(self.repository, assigned), self.keys, signers, now
        )


def make_stage(folder: Path, now: datetime = NOW) -> Stage:
    """Both plants have release 1."""
    stage = Stage(write_keys(folder / "root"), folder / "repository")
    signers = open_signers(stage.key(*HOLDERS[:3]))
    sign_offline(stage.repository, stage.keys, SITES, signers, now)
    stage.build(1, "one")
    stage.publish({site: Assigned(1) for site in SITES}, now)
    return stage


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on purpose is no error."""


@contextmanager
def served(
    folder: Path,
    handler: type[SimpleHTTPRequestHandler] = _Quiet,
    tls: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """The address of a server on loopback that gives out a folder."""
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
