"""The bundles that are read: of all example plants, and of made-up ones for what those lack."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from edgeward.build import add_bundles
from edgeward.bundle.bundle import Bundle
from edgeward.bundle.pack import open_packs
from edgeward.quantity import exact
from edgeward.session import Session, assess_plant, open_session
from edgeward.site import Flow, Freeze
from edgeward.use_case import Condition, Outcome
from tests.samples import CAP_CHECK, DECISION, GATEWAY, PLACEMENT, SITE
from tests.unit.bundle.rendering import render

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = tuple(sorted(file.parent.name for file in ROOT.glob("sites/*/site.yaml")))

_SERVER = replace(GATEWAY, name="server", tier="plant")


def _with_windows() -> tuple[Bundle, ...]:
    """Updates in windows but not in a freeze, an incoming connection, a cloud with its names; the
    use case is a service of systemd and says when it drifts, goes back and is worth nothing."""
    windows = replace(SITE.windows, freezes=(Freeze("2026-12-20", "2027-01-06"),))
    incoming = Flow(source="historian", to="line2-gpu", protocol="opcua", port=exact(4840))
    cloud = replace(
        SITE.cloud,
        endpoint="abc-ats.iot.eu-central-1.amazonaws.com",
        telemetry="otlp.example.com",
    )
    use_case = replace(
        CAP_CHECK,
        drift=Condition("reject_rate", exact(0.02), "7d", "recalibrate"),
        rollback=Condition("false_reject_rate", exact(0.001), "8h"),
        rollback_to="previous",
        outcome=Outcome("complaints per million bottles", exact(40), exact(15)),
    )
    return render(
        replace(
            SITE,
            windows=windows,
            flows=(*SITE.flows, incoming),
            cloud=cloud,
            devices=(replace(GATEWAY, runtime="systemd"),),
            use_cases=(use_case,),
        ),
        encrypted=True,
    )


def _with_greengrass() -> tuple[Bundle, ...]:
    return render(replace(SITE, devices=(replace(GATEWAY, runtime="greengrass"),)))


def _with_a_server() -> tuple[Bundle, ...]:
    """A gateway that captures and a server that scores: the server's broker listens to all."""
    site = replace(SITE, devices=(GATEWAY, _SERVER))
    return render(site, replace(DECISION, placements=(replace(PLACEMENT, device="server"),)))


def _with_answers() -> tuple[Bundle, ...]:
    """The cloud scores, and its answers come back to the gateway."""
    return render(SITE, replace(DECISION, placements=(replace(PLACEMENT, device="cloud"),)))


def _with_uploads() -> tuple[Bundle, ...]:
    """Offline first, so what leaves goes through the spool; the link is open at any time."""
    return render(
        replace(
            SITE,
            connectivity=replace(SITE.connectivity, tier="offline_first"),
            windows=replace(SITE.windows, sync=()),
            devices=(replace(GATEWAY, runtime="systemd"),),
        ),
        encrypted=True,
    )


_MADE_UP: Mapping[str, Callable[[], tuple[Bundle, ...]]] = {
    "made-up-windows": _with_windows,
    "made-up-server": _with_a_server,
    "made-up-answers": _with_answers,
    "made-up-greengrass": _with_greengrass,
    "made-up-uploads": _with_uploads,
}
PLANTS = (*EXAMPLES, *_MADE_UP)


@cache
def bundles_of(plant: str) -> tuple[Bundle, ...]:
    """The bundles of one plant; none where nothing of it runs on a box."""
    if plant in _MADE_UP:
        return _MADE_UP[plant]()
    session = _session()
    assessed = assess_plant(session, plant)
    assert not assessed.problems, assessed.problems
    return add_bundles(session, assessed, open_packs(session.workspace.root)).bundles


@cache
def _session() -> Session:
    return open_session(ROOT, date(2026, 1, 1), None, fresh=False)


def unpack(bundle: Bundle, folder: Path) -> Path:
    """Lay the bundle out below `folder` as its manifest says; gives back the folder."""
    owners = {file["path"]: file["owner"] for file in manifest(bundle)["files"]}
    for file in bundle.files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        target.chmod(file.mode)
        # An ordinary user cannot give a file away; nor can it have the namespaces to notice.
        if os.geteuid() == 0 and file.path in owners:
            shutil.chown(target, owners[file.path], owners[file.path])
    return folder


def manifest(bundle: Bundle) -> dict[str, Any]:
    return dict(json.loads(bundle.manifest))
