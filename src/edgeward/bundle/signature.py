"""Signing a bundle's manifest, and trusting it again: a DSSE envelope beside the archive.

The envelope's payload is the manifest, which has the digest of every other file. A key is a PEM
file, or `awskms:KEY` for one that never leaves AWS. Needs the extra `edgeward[sign]`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from edgeward.bundle.archive import Untrusted
from edgeward.errors import UsageError

PAYLOAD_TYPE = "application/vnd.edgeward.bundle+json"
_KMS = "awskms:"


def sign_manifest(manifest: bytes, key: str) -> bytes:
    """The envelope as JSON. Raises UsageError for a key that cannot be used."""
    envelope = _library().dsse.Envelope(manifest, PAYLOAD_TYPE, {})
    try:
        envelope.sign(_open_signer(key))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"--key {key}: cannot sign with it: {error}") from error
    return f"{json.dumps(envelope.to_dict(), indent=1, sort_keys=True)}\n".encode()


def read_signed(envelope: bytes, public_key: Path) -> bytes:
    """The manifest that the envelope carries. Raises Untrusted unless the key signed it."""
    library = _library()
    key = _read_public_key(public_key)
    try:
        parsed = library.dsse.Envelope.from_dict(json.loads(envelope))
        parsed.verify([key], threshold=1)
    except library.exceptions.VerificationError as error:
        raise Untrusted("the signature is not by this key, or not of this manifest") from error
    except (library.exceptions.Error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Untrusted("the signature cannot be read") from error
    if parsed.payload_type != PAYLOAD_TYPE:
        raise Untrusted("what was signed is not a bundle")
    return bytes(parsed.payload)


def _open_signer(key: str) -> Any:
    signer = _library().signer
    if key.startswith(_KMS):
        uri, public = signer.AWSSigner.import_(key.removeprefix(_KMS))
        return signer.AWSSigner.from_priv_key_uri(uri, public)
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    return signer.CryptoSigner(load_pem_private_key(Path(key).read_bytes(), None))


def _read_public_key(path: Path) -> Any:
    library = _library()
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        return library.signer.SSlibKey.from_crypto(load_pem_public_key(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"--public-key {path}: is no public key in PEM: {error}") from error


def _library() -> Any:
    try:
        import securesystemslib.dsse  # noqa: PLC0415
        import securesystemslib.exceptions  # noqa: PLC0415
        import securesystemslib.signer  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("signing needs more: pip install 'edgeward[sign]'") from error
    return securesystemslib
