"""`edgeward render` and `edgeward verify` on real files in an empty directory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from edgeward.cli import main as cli
from edgeward.errors import ExitCode

_EXAMPLES = Path(__file__).parents[3] / "sites"
_PLANT, _BOX = "navy-unmanned-vessel", "onboard-computer"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a verb in a repository with one plant and a pair of keys."""
    shutil.copytree(_EXAMPLES / _PLANT, tmp_path / "sites" / _PLANT)
    shutil.copy(_EXAMPLES / "fleet.yaml", tmp_path / "sites" / "fleet.yaml")
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "demo.key").write_bytes(pem)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "demo.pub").write_bytes(public)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["edgeward", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code

    return run


def _render(run: Run, *options: str) -> int:
    return run("render", "--out", "out", "--now", "2026-11-23", *options)


def _verify(run: Run) -> int:
    archive = f"out/{_PLANT}/{_BOX}.tar"
    return run("verify", archive, "--public-key", "demo.pub", "--seen", "seen.json")


def test_a_signed_bundle_is_verified_and_an_older_one_refused(run: Run) -> None:
    for release, code in (("7", ExitCode.CLEAN), ("6", ExitCode.FINDINGS), ("8", ExitCode.CLEAN)):
        _render(run, "--key", "demo.key", "--release", release)
        assert _verify(run) == code


def test_a_changed_bundle_is_refused_and_one_without_a_signature_too(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _render(run, "--key", "demo.key")
    archive = Path("out", _PLANT, f"{_BOX}.tar")
    archive.write_bytes(
        archive.read_bytes().replace(b"allow_anonymous false", b"allow_anonymous true ")
    )
    assert _verify(run) == ExitCode.FINDINGS
    assert "mosquitto.conf was changed" in capsys.readouterr().err
    _render(run)
    assert _verify(run) == ExitCode.INVALID


def test_a_damaged_memory_of_releases_is_not_taken_for_none(run: Run) -> None:
    _render(run, "--key", "demo.key")
    Path("seen.json").write_text("[]")
    assert _verify(run) == ExitCode.INVALID


def test_the_diff_shows_what_changes_and_writes_nothing(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _render(run)
    capsys.readouterr()
    assert _render(run, "--diff") == ExitCode.CLEAN
    assert "nothing differs" in capsys.readouterr().out
    site = Path("sites", _PLANT, "site.yaml")
    site.write_text(site.read_text().replace("title: ", "title: New "))
    before = Path("out", _PLANT, f"{_BOX}.tar").read_bytes()
    assert _render(run, "--diff") == ExitCode.STALE
    shown = capsys.readouterr().out
    assert f"--- a/{_PLANT}/{_BOX}/etc/mosquitto/mosquitto.conf" in shown
    assert Path("out", _PLANT, f"{_BOX}.tar").read_bytes() == before
