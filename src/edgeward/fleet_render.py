"""The edge bundles of many plants, by several processes where there are enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from edgeward.build import archive_files, bundle_files, open_bundling
from edgeward.crew import answer_each
from edgeward.fleet_check import Check, tell
from edgeward.result import Told
from edgeward.session import Session, open_session
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
        bundled = open_bundling(session, self.release)

        def render(name: str) -> Rendered:
            plant = bundled(name)
            tree = bundle_files(name, plant.bundles)
            archives = archive_files(name, plant.bundles, self.key) if self.packed else ()
            return Rendered(tell(plant, self.check), tuple(tree), tuple(archives))

        return render


def render_plants(
    session: Session, names: Sequence[str], rendering: Rendering, alone: bool
) -> Iterator[Rendered]:
    """Each plant in the order of the names; `alone` keeps it in this process."""
    return answer_each(rendering, names, lambda: rendering.of(session), 0 if alone else len(names))
