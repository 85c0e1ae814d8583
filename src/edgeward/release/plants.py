"""The bundles of plants for a release, rendered like those of `edgeward render`."""

from __future__ import annotations

from collections.abc import Sequence

from edgeward.build import add_bundles, open_packs
from edgeward.result import RunResult
from edgeward.session import Session, assess_plant


def render_plants(session: Session, names: Sequence[str], number: int) -> RunResult:
    packs = open_packs(session)
    return RunResult(
        tuple(add_bundles(session, assess_plant(session, name), packs, number) for name in names)
    )
