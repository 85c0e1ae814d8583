"""The edge bundles of many plants, by several processes where there are enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edgeward.build import add_bundles, archive_files, bundle_files, open_packs
from edgeward.crew import count_workers, do_in_processes
from edgeward.fleet_check import Check, tell
from edgeward.result import Told
from edgeward.session import Session, assess_plant, open_session
from edgeward.write import OutputFile


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is told of a plant, the files of its boxes as they lie on them, and their archives."""

    told: Told
    tree: tuple[OutputFile, ...]
    archives: tuple[OutputFile, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How each plant is rendered: for which release, signed with which key, `packed` or not."""

    check: Check
    release: int
    key: str | None
    packed: bool

    def open(self) -> Callable[[str], Rendered]:
        """For a worker: its own session and packs."""
        return self.of(open_session(self.check.root, self.check.today))

    def of(self, session: Session) -> Callable[[str], Rendered]:
        packs = open_packs(session)

        def render(name: str) -> Rendered:
            plant = add_bundles(session, assess_plant(session, name), packs, self.release)
            tree = bundle_files(name, plant.bundles)
            archives = archive_files(name, plant.bundles, self.key) if self.packed else ()
            return Rendered(tell(plant, self.check), tuple(tree), tuple(archives))

        return render


def render_plants(
    session: Session, names: Sequence[str], rendering: Rendering, alone: bool
) -> Iterator[Rendered]:
    """Each plant in the order of the names; `alone` keeps it in this process."""
    workers = 0 if alone else count_workers(len(names))
    if workers:
        return do_in_processes(rendering, names, workers)
    return map(rendering.of(session), names)
