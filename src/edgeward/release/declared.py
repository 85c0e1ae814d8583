"""What is signed for each box, as the inventory compares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tuf.api.metadata import TargetFile

from edgeward.errors import UsageError
from edgeward.inventory.compare import DeclaredBox
from edgeward.release.build import is_built, read_release
from edgeward.release.keys import site_of
from edgeward.release.repository import read_published
from edgeward.site import Site


def declared_boxes(
    repository: Path, sites: Mapping[str, Site], also: Mapping[str, frozenset[int]]
) -> Iterator[DeclaredBox]:
    """Every box that a release is signed for; `also` are releases that are right beside it.

    A plant that is not among `sites` any more is left out: what it reports is unknown.

    Raises UsageError for a repository that another program made, or that is damaged.
    """
    slots = _Slots(repository)
    for role, metadata in read_published(repository).roles.items():
        site = sites.get(site_of(role))
        if site is None:
            continue
        for path, target in metadata.signed.targets.items():
            box = path.rpartition("/")[2].removesuffix(".tar")
            signed = _signed(target, role, path)
            releases = frozenset({signed, *also.get(site.name, frozenset())})
            digests = {number: slots.digest(number, site.name, box) for number in releases}
            dark = site.connectivity.worst_outage_hours
            yield DeclaredBox(site.name, box, releases, digests, dark)


def _signed(target: TargetFile, role: str, path: str) -> int:
    """The release that a plant's role signs for a box."""
    try:
        return int(target.unrecognized_fields["custom"]["release"])
    except (KeyError, TypeError, ValueError) as error:
        message = f"{role}: {path} is signed without a release: `edgeward release publish` anew"
        raise UsageError(message) from error


class _Slots:
    """The start of the digest of each archive, which is the end of its slot's name on a host."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._known: dict[int, Mapping[tuple[str, str], str]] = {}

    def digest(self, number: int, site: str, box: str) -> str:
        if number not in self._known:
            # A rollout may name a release that is not built yet.
            built = is_built(self._repository, number)
            boxes = read_release(self._repository, number).boxes if built else ()
            self._known[number] = {
                (each.site, each.box): each.archive.sha256[:12] for each in boxes
            }
        return self._known[number].get((site, box), "")
