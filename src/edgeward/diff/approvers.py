"""Who has to approve, as the base says: a change does not choose its own approvers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgeward.diff.change import Approver, Move, ValueChange, Version
from edgeward.site import Site

_HERE = ", named by this change itself"


def list_approvers(
    before: Version | None,
    after: Version | None,
    code_owners: tuple[str, ...],
    moves: Iterable[Move],
    values: Iterable[ValueChange],
) -> tuple[Approver, ...]:
    """The code owners of the plant's file, its owner, who approves each use case it touches.

    What only the change itself names is marked so.
    """
    old = before.result.site if before is not None else None
    new = after.result.site if after is not None else None
    touched = {each.use_case for each in moves} | {
        each.path.split(".")[1] for each in values if each.path.startswith("use_cases.")
    }
    found = [Approver(who, "code owner") for who in code_owners]
    found += _owner(old, new)
    for name in sorted(touched):
        found += _use_case(name, old, new)
    return tuple(dict.fromkeys(found))


def _owner(old: Site | None, new: Site | None) -> Iterator[Approver]:
    if old is not None and old.owner is not None:
        yield Approver(old.owner, "owner of the plant")
    elif new is not None and new.owner is not None:
        yield Approver(new.owner, f"owner of the plant{_HERE}", named_here=True)


def _use_case(name: str, old: Site | None, new: Site | None) -> Iterator[Approver]:
    before, after = _approver(old, name), _approver(new, name)
    if before is not None:
        yield Approver(before, f"approves {name}")
    elif after is not None:
        yield Approver(after, f"approves {name}{_HERE}", named_here=True)


def _approver(site: Site | None, name: str) -> str | None:
    cases = site.use_cases if site is not None else ()
    return next((c.updates.approver for c in cases if c.name == name and c.updates), None)
