"""Files of a repository over HTTP, never more of one than was said to be in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import IO

from edgeward_pull.refused import Missing, Refused

_SECONDS = 30
_CHUNK = 1 << 16


def fetch_bytes(base: str, path: str, most: int) -> bytes:
    """A small file. Raises Missing where there is none, Refused beyond `most` bytes."""
    with _open(base, path) as stream:
        content: bytes = _Guarded(stream, path).read(most + 1)
    if len(content) > most:
        raise Refused(f"endless data: {path} goes on beyond {most} bytes")
    return content


def fetch_file(base: str, path: str, target: Path, length: int, sha256: str) -> None:
    """A large file into `target`, which is gone again unless it is exactly what was signed."""
    digest, left = hashlib.sha256(), length
    try:
        with _open(base, path) as stream, target.open("wb") as file:
            while chunk := _Guarded(stream, path).read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise Refused(f"endless data: {path} goes on beyond {length} bytes")
                digest.update(chunk)
                file.write(chunk)
        if left or digest.hexdigest() != sha256:
            raise Refused(f"arbitrary software: {path} is not the file that was signed")
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _open(base: str, path: str) -> IO[bytes]:
    url = f"{base.rstrip('/')}/{urllib.parse.quote(path)}"
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise Refused(f"{base}: is no http or https address")
    try:
        stream: IO[bytes] = urllib.request.urlopen(url, timeout=_SECONDS, context=_tls())
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (403, 404):  # S3 says 403 for a file that is not there
            raise Missing(f"{path}: the repository has no such file") from error
        raise Refused(f"{path}: the repository answers {error.code}") from error
    except (OSError, ValueError) as error:
        raise Refused(f"{base}: out of reach ({error})") from error
    return stream


def _tls() -> ssl.SSLContext:
    """With the certificate of the box, where systemd gives this program one."""
    context = ssl.create_default_context()
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    certificate = Path(folder or "", "device.pem")
    if folder and certificate.exists():
        context.load_cert_chain(certificate, Path(folder, "device.key"))
    return context


class _Guarded:
    """Reads, with what goes wrong on the way as a refusal."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        self._stream, self._path = stream, path

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (OSError, ValueError) as error:
            raise Refused(f"{self._path}: broke off ({error})") from error
