"""The bundles of plants for a release, by several processes where there are enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edgeward.build import add_bundles, open_packs
from edgeward.bundle.bundle import Bundle
from edgeward.crew import count_workers, do_in_processes
from edgeward.fleet_check import Check, tell
from edgeward.result import Told
from edgeward.session import Session, assess_plant, open_session


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
        packs = open_packs(session)

        def prepare(name: str) -> Prepared:
            plant = add_bundles(session, assess_plant(session, name), packs, self.number)
            return Prepared(tell(plant, self.check), plant.bundles)

        return prepare


def prepare_plants(
    session: Session, names: Sequence[str], preparing: Preparing, alone: bool = False
) -> Iterator[Prepared]:
    """Each plant in the order of the names; `alone` keeps it in this process."""
    workers = 0 if alone else count_workers(len(names))
    if workers:
        return do_in_processes(preparing, names, workers)
    return map(preparing.of(session), names)
