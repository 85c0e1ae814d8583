"""Signatures of TUF metadata, checked by the `openssl` program: Ed25519 and ECDSA on P-256.

Python's standard library cannot check a signature, and cryptography of our own would be worse
than a program that every Linux host has (3.0 or newer, for Ed25519).
"""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edgeward_pull.refused import Refused

# The fixed head of an Ed25519 public key in DER (RFC 8410).
_ED25519_HEAD = bytes.fromhex("302a300506032b6570032100")
_SECONDS = 20


def count_signatures(metadata: Mapping[str, Any], keys: Mapping[str, Any], names: list[str]) -> int:
    """How many of the keys called `names` have signed; each counts once."""
    message = canonical(metadata["signed"])
    signatures = {each["keyid"]: each["sig"] for each in metadata["signatures"]}
    wanted = [name for name in dict.fromkeys(names) if name in signatures and name in keys]
    # Two names of one key are one key.
    public = {json.dumps(keys[name], sort_keys=True): name for name in wanted}
    return sum(_is_signed(message, signatures[name], keys[name]) for name in public.values())


def canonical(value: Any) -> bytes:
    """OLPC canonical JSON, which TUF signs: sorted keys, little escaped, no fractions."""
    return _write(value).encode()


def _write(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if value is None or isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, list):
        return f"[{','.join(map(_write, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{_write(key)}:{_write(value[key])}' for key in sorted(value))}}}"
    raise Refused("the metadata holds a fraction, which TUF does not have")


def _is_signed(message: bytes, signature: str, key: Mapping[str, Any]) -> bool:
    try:
        raw = bytes.fromhex(signature)
        public = key["keyval"]["public"]
        scheme = key["scheme"]
        pem = _ed25519_pem(public) if scheme == "ed25519" else public.encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return scheme in ("ed25519", "ecdsa-sha2-nistp256") and _verify(scheme, message, raw, pem)


def _ed25519_pem(public: str) -> bytes:
    body = base64.b64encode(_ED25519_HEAD + bytes.fromhex(public))
    return b"-----BEGIN PUBLIC KEY-----\n" + body + b"\n-----END PUBLIC KEY-----\n"


def _verify(scheme: str, message: bytes, signature: bytes, pem: bytes) -> bool:
    with tempfile.TemporaryDirectory(prefix="edgeward-") as name:
        folder = Path(name)
        for file, content in (("message", message), ("signature", signature), ("key", pem)):
            (folder / file).write_bytes(content)
        if scheme == "ed25519":
            command = ["pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin"]
            command += ["-in", "message", "-sigfile", "signature"]
        else:
            command = ["dgst", "-sha256", "-verify", "key", "-signature", "signature", "message"]
        try:
            done = subprocess.run(
                ["openssl", *command],
                cwd=folder,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Refused(f"openssl does not answer: {error}") from error
    return done.returncode == 0
