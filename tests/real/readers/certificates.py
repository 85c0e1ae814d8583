"""Throw-away certificates for a test, made with openssl; they are good for two days."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.real.needs import needs

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")


@dataclass(frozen=True, slots=True)
class Identity:
    certificate: Path
    key: Path


class Authority:
    """Signs certificates; its own is at `certificate`."""

    def __init__(self, certificate: Path, name: str) -> None:
        self._own = Identity(certificate, certificate.with_suffix(".authority"))
        _request(self._own, f"/CN={name}")

    @property
    def certificate(self) -> Path:
        return self._own.certificate

    def issue(self, identity: Identity, name: str, host: str = "localhost") -> Identity:
        """A certificate with the common name `name`, for a server at `host` too."""
        names = f"subjectAltName=DNS:{host},IP:127.0.0.1"
        signed = ["-CA", str(self._own.certificate), "-CAkey", str(self._own.key)]
        extended = ["-addext", names, "-addext", "basicConstraints=CA:FALSE"]
        _request(identity, f"/CN={name}", *signed, *extended)
        return identity


def _request(identity: Identity, subject: str, *options: str) -> None:
    files = ["-out", str(identity.certificate), "-keyout", str(identity.key)]
    command = [str(needs("openssl")), "req", "-x509", *_KEY, *files, "-subj", subject, *options]
    subprocess.run(command, capture_output=True, check=True)
