"""The bundles of plants for a release, by several processes where there are enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edgeward.build import open_bundling
from edgeward.bundle.bundle import Bundle
from edgeward.crew import answer_each
from edgeward.fleet_check import Check, tell
from edgeward.result import Told
from edgeward.session import Session, open_session


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is told of a plant, and the bundles of its boxes."""

    told: Told
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class Preparing:
    """How each plant is prepared: checked in this way, for the release of this number."""

    check: Check
    number: int

    def open(self) -> Callable[[str], Prepared]:
        """For a worker: its own session and packs."""
        return self.of(open_session(self.check.root, self.check.today))

    def of(self, session: Session) -> Callable[[str], Prepared]:
        bundled = open_bundling(session, self.number)

        def prepare(name: str) -> Prepared:
            plant = bundled(name)
            return Prepared(tell(plant, self.check), plant.bundles)

        return prepare


def prepare_plants(
    session: Session, names: Sequence[str], preparing: Preparing, alone: bool = False
) -> Iterator[Prepared]:
    """Each plant in the order of the names; `alone` keeps it in this process."""
    return answer_each(preparing, names, lambda: preparing.of(session), 0 if alone else len(names))
