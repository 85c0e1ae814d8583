"""A bundle is trusted when it is exactly what was signed, and refused for every change to it."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import boto3
import moto
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from edgeward.bundle.archive import Untrusted, pack_files, unpack_files
from edgeward.bundle.bundle import MANIFEST, Bundle, render_bundles
from edgeward.bundle.render import BundleFile
from edgeward.bundle.signature import sign_manifest
from edgeward.bundle.verify import verify_bundle
from edgeward.errors import UsageError
from tests.samples import DECISION, SITE
from tests.unit.bundle.rendering import CATALOG, PACKS

Files = tuple[BundleFile, ...]
(BUNDLE,) = render_bundles(SITE, DECISION, CATALOG, PACKS, release=7)
NAME = "bottling-brno/line2-gpu"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two pairs of keys, ours and theirs."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{name}.key").write_bytes(private)
        (folder / f"{name}.pub").write_bytes(public)
    return folder


def _sign(keys: Path, bundle: Bundle = BUNDLE, name: str = "ours") -> bytes:
    return sign_manifest(bundle.manifest, str(keys / f"{name}.key"))


def _verify(keys: Path, files: Files, envelope: bytes, seen: int = 0) -> None:
    verify_bundle(pack_files(files), envelope, keys / "ours.pub", {NAME: seen})


def test_what_was_signed_is_trusted(keys: Path) -> None:
    verified = verify_bundle(pack_files(BUNDLE.files), _sign(keys), keys / "ours.pub", {NAME: 7})
    assert (verified.name, verified.release) == (NAME, 7)
    assert verified.files == len(BUNDLE.files)


def test_the_same_bundle_has_the_same_bytes_and_the_same_signature(keys: Path) -> None:
    again = render_bundles(SITE, DECISION, CATALOG, PACKS, release=7)[0]
    assert pack_files(again.files) == pack_files(reversed(BUNDLE.files))
    assert _sign(keys, again) == _sign(keys)


def _change(place: str, **changes: object) -> Callable[[Files], Files]:
    return lambda files: tuple(
        replace(file, **changes) if file.path == place else file  # type: ignore[arg-type]
        for file in files
    )


CONF = "etc/mosquitto/mosquitto.conf"
TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a changed file": (_change(CONF, content=b"allow_anonymous true\n"), "was changed"),
    "an added file": (lambda files: (*files, BundleFile("etc/x", 0o644, b"")), "was added"),
    "a removed file": (lambda files: tuple(f for f in files if f.path != CONF), "is missing"),
    "another mode": (_change(CONF, mode=0o666), "mode or owner"),
    "a set-user bit": (_change(CONF, mode=0o4640), "mode or owner"),
    "another owner": (_change(CONF, owner="nobody"), "mode or owner"),
    "another manifest": (_change(MANIFEST, content=b"{}"), "not the one that was signed"),
    "no manifest": (lambda files: files[:0], "not the one that was signed"),
    "a renamed file": (_change(CONF, path="etc/mosquitto/other.conf"), "is missing|was added"),
    "an absolute path": (_change(CONF, path="/etc/passwd"), "no plain file"),
    "a path that leaves": (_change(CONF, path="etc/../../x"), "no plain file"),
    "a file twice": (lambda files: (*files, files[0]), "twice"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_refused(name: str, keys: Path) -> None:
    tamper, says = TAMPERED[name]
    with pytest.raises(Untrusted, match=says):
        _verify(keys, tamper(BUNDLE.files), _sign(keys))


def test_an_older_release_than_one_that_was_seen_is_refused(keys: Path) -> None:
    with pytest.raises(Untrusted, match="release 7 is older than 8"):
        _verify(keys, BUNDLE.files, _sign(keys), seen=8)


def test_another_key_or_a_changed_signature_is_refused(keys: Path) -> None:
    with pytest.raises(Untrusted, match="signature"):
        _verify(keys, BUNDLE.files, _sign(keys, name="theirs"))
    envelope = json.loads(_sign(keys))
    for key, value in (("payloadType", "text/plain"), ("payload", "e30="), ("signatures", [])):
        with pytest.raises(Untrusted, match="signature"):
            _verify(keys, BUNDLE.files, json.dumps({**envelope, key: value}).encode())


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"nothing", b"\xff", b"[" * 100_000])
def test_a_signature_that_is_none_is_refused_in_words(text: bytes, keys: Path) -> None:
    with pytest.raises(Untrusted, match="cannot be read"):
        _verify(keys, BUNDLE.files, text)


def test_a_key_that_is_none_is_a_usage_error(keys: Path) -> None:
    with pytest.raises(UsageError, match="--key"):
        sign_manifest(b"{}", str(keys / "ours.pub"))
    with pytest.raises(UsageError, match="--public-key"):
        verify_bundle(b"", b"", keys / "ours.key", {})


@pytest.mark.parametrize("cut", [0, 100, 1024, -512])
def test_a_cut_or_padded_archive_is_refused(cut: int) -> None:
    whole = pack_files(BUNDLE.files)
    with pytest.raises(Untrusted):
        unpack_files(whole[:cut])
    with pytest.raises(Untrusted, match="more than its files"):
        unpack_files(whole + b"x" * 512)


def test_a_link_in_the_archive_is_refused() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("etc/passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/shadow"
        archive.addfile(link)
    with pytest.raises(Untrusted, match="no plain file"):
        unpack_files(stream.getvalue())


def test_a_key_in_kms_is_asked_to_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """That far only: moto hashes the digest once more, so its signature proves nothing."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with moto.mock_aws():
        made = boto3.client("kms").create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")
        envelope = sign_manifest(BUNDLE.manifest, f"awskms:{made['KeyMetadata']['KeyId']}")
    assert len(json.loads(envelope)["signatures"]) == 1
