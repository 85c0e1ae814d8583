"""Two versions of a repository held against each other, by deciding again on both sides.

A version is a folder or a git ref. Plants whose inputs are the same on both sides are not decided
at all; a few plants are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from edgeward.compare import Comparison, compare_plants
from edgeward.declare.workspace import OF_A_VERSION
from edgeward.diff.change import FleetDiff, PlantDiff, SharedChanges
from edgeward.diff.plant import rank
from edgeward.diff.values import compare_catalogs, compare_values
from edgeward.errors import UsageError
from edgeward.git import checked_out, commit_subjects
from edgeward.impact import compare_rules
from edgeward.side import Side

WORKING_TREE = "the working tree"


def review_change(
    root: Path, base: str, head: str | None, today: date, built: bool = True
) -> FleetDiff:
    """What changes from `base` to `head`, the working tree at `root` without one.

    With `built` also what differs in the cloud and in bundles, which takes longest. Raises
    UsageError for a version that there is not, what opening either raises, and InvalidDeclaration
    where nothing of a version can be read.
    """
    with _folder(root, base) as old, _folder(root, head) as new:
        comparison = Comparison((base, old), (head or WORKING_TREE, new), today, built)
        return replace(_compare(comparison), reasons=_reasons(root, base, head))


def _reasons(root: Path, base: str, head: str | None) -> tuple[str, ...]:
    """What the commits between say they are for; nothing where a version is a folder."""
    if is_folder(base) or (head is not None and is_folder(head)):
        return ()
    return commit_subjects(root, base, head or "HEAD")


def is_folder(version: str) -> bool:
    """Whether a version is a folder with plants, not the name of a commit."""
    return (Path(version) / "sites").is_dir()


@contextmanager
def _folder(root: Path, version: str | None) -> Iterator[Path]:
    if version is None:
        yield root
    elif is_folder(version):
        yield Path(version).resolve()
    elif Path(version).is_dir():
        raise UsageError(f"{version} has no folder `sites`: give the root of a repository")
    else:
        with checked_out(root, version, OF_A_VERSION) as folder:
            yield folder


def _compare(comparison: Comparison) -> FleetDiff:
    old, new = comparison.sides()
    names = sorted({*old.session.workspace.plants, *new.session.workspace.plants})
    if not names:
        raise UsageError(f"neither {old.label} nor {new.label} has a plant: sites/*/site.yaml")
    compared = compare_plants(comparison, old, new, names)
    plants = _name_renamed([each for each in compared if each.changed], old, new)
    return FleetDiff(
        base=old.label,
        head=new.label,
        shared=_compare_shared(old, new),
        plants=tuple(sorted(plants, key=lambda each: (*rank(each), each.name))),
        unchanged=len(names) - len(plants),
        accounts=old.session.workspace.accounts,
    )


def _name_renamed(plants: list[PlantDiff], old: Side, new: Side) -> list[PlantDiff]:
    """New plants that say what one that is gone said get its name."""
    gone = {_identity(old, each.name): each.name for each in plants if each.after is None}
    return [
        replace(each, renamed_from=gone.get(_identity(new, each.name)))
        if each.before is None and gone
        else each
        for each in plants
    ]


def _identity(side: Side, name: str) -> tuple[tuple[str, str], ...]:
    values = side.values(name) or {"name": name}
    return tuple(sorted((path, text) for path, text in values.items() if path != "name"))


def _compare_shared(old: Side, new: Side) -> SharedChanges:
    with old.reading():
        rules = compare_rules(old.session, new.session)
    return SharedChanges(
        rules=rules,
        catalog=compare_catalogs(old.session.workspace.catalog, new.session.workspace.catalog),
        packs=compare_values(old.pack_digests, new.pack_digests),
        approvers_before=old.session.workspace.approvers,
        approvers_after=new.session.workspace.approvers,
    )
