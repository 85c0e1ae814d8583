"""What is signed for each box, as the inventory compares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from edgeward.errors import UsageError
from edgeward.inventory.compare import DeclaredBox
from edgeward.release.build import Release, read_release
from edgeward.release.repository import read_published
from edgeward.site import Site

_PREFIX = "plant-"


def declared_boxes(
    repository: Path, sites: Mapping[str, Site], also: Mapping[str, frozenset[int]]
) -> Iterator[DeclaredBox]:
    """Every box that a release is signed for; `also` are releases that are right beside it.

    A plant that is not among `sites` any more is left out: what it reports is unknown.
    """
    for role, metadata in read_published(repository).roles.items():
        site = sites.get(role.removeprefix(_PREFIX))
        if not role.startswith(_PREFIX) or site is None:
            continue
        for path, target in metadata.signed.targets.items():
            box = path.rpartition("/")[2].removesuffix(".tar")
            signed = int(target.unrecognized_fields["custom"]["release"])
            releases = frozenset({signed, *also.get(site.name, frozenset())})
            slots = {number: _slot(repository, number, site.name, box) for number in releases}
            dark = site.connectivity.worst_outage_hours
            yield DeclaredBox(site.name, box, releases, slots, dark)


def _slot(repository: Path, number: int, site: str, box: str) -> str:
    try:
        release: Release = read_release(repository, number)
    except UsageError:
        return ""
    return next(
        (
            each.archive.sha256[:12]
            for each in release.boxes
            if (each.site, each.box) == (site, box)
        ),
        "",
    )
