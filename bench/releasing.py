"""Time a release of the whole fleet: decide and render, build the files, sign and publish."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Signer

from bench.stages import TODAY
from edgeward.bundle.bundle import Bundle
from edgeward.declare.workspace import select_sites
from edgeward.fleet_check import Check
from edgeward.release.assign import Assigned, sign_for
from edgeward.release.build import build_release
from edgeward.release.ceremony import sign_offline
from edgeward.release.keys import ReleaseKeys, RoleKeys
from edgeward.release.plants import Preparing, prepare_plants
from edgeward.release.repository import publish
from edgeward.session import open_session

T = TypeVar("T")
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
_ROLES = ("root", "targets", "snapshot", "timestamp", "models", "plants")
_MODEL_BYTES = 1_000_000


def time_releasing(root: Path) -> dict[str, float]:
    """Seconds of each part, with one key, for all plants of a repository."""
    spent: dict[str, float] = {}
    names = select_sites(open_session(root, TODAY).workspace)
    with tempfile.TemporaryDirectory(prefix="edgeward-bench-") as scratch:
        repository, models = Path(scratch) / "repository", Path(scratch) / "models"
        signer = CryptoSigner(Ed25519PrivateKey.generate())
        signers: dict[str, Signer] = {signer.public_key.keyid: signer}
        keys = ReleaseKeys({role: RoleKeys((signer.public_key,), 1, 30) for role in _ROLES}, {})
        sign_offline(repository, keys, names, signers, NOW)

        def render() -> list[Bundle]:
            preparing = Preparing(Check(root, TODAY, "text", False), 1)
            plants = prepare_plants(open_session(root, TODAY), names, preparing)
            return [bundle for plant in plants for bundle in plant.bundles]

        bundles = _timed(spent, "decide and render", render)
        _write_models(models, bundles)
        build = _timed(spent, "build", lambda: build_release(repository, 1, bundles, models))
        assigned = dict.fromkeys(build.sites, Assigned(1))
        _timed(
            spent,
            "sign and publish",
            lambda: publish(repository, sign_for(repository, assigned), keys, signers, NOW),
        )
    spent["together"] = sum(spent.values())
    return spent


def _timed(spent: dict[str, float], name: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    done = work()
    spent[name] = time.perf_counter() - started
    return done


def _write_models(folder: Path, bundles: list[Bundle]) -> None:
    for bundle in bundles:
        for case in json.loads(bundle.manifest)["use_cases"]:
            model = folder / f"{case['model']['name']}-{case['model']['version']}"
            model.mkdir(parents=True, exist_ok=True)
            (model / "run").write_bytes(bytes(_MODEL_BYTES))
