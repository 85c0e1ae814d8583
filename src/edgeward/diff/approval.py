"""Whether those have approved a change who have to, as its base says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from edgeward.diff.change import FleetDiff

Accounts = Mapping[str, tuple[str, ...]]
_CODE_OWNER = "code owner"


@dataclass(frozen=True, slots=True)
class Requirement:
    """An approval that is needed of one of `names`; `by` is who gave it, None if nobody did."""

    names: tuple[str, ...]
    role: str
    by: str | None


def check_approvals(diff: FleetDiff, approved: Collection[str]) -> tuple[Requirement, ...]:
    """Each approval that the change needs; `approved` are accounts that approved it.

    Of the fleet's approvers and of a plant's code owners one is enough, as it is for a forge; a
    plant's owner and the approvers of what the change touches have to approve each. Whom only
    the change itself names cannot speak for it.
    """
    needed: dict[tuple[str, ...], list[str]] = {}
    for names, role in _needed(diff):
        roles = needed.setdefault(names, [])
        if role not in roles:
            roles.append(role)
    return tuple(
        Requirement(names, "; ".join(roles), _approver(names, diff.accounts, approved))
        for names, roles in needed.items()
    )


def _needed(diff: FleetDiff) -> Iterator[tuple[tuple[str, ...], str]]:
    fleet = diff.shared.approvers_before
    is_new = any(plant.before is None for plant in diff.plants)
    if fleet and (diff.shared.changed or is_new):
        yield fleet, "approver of the fleet"
    for plant in diff.plants:
        owners = tuple(each.who for each in plant.approvers if each.role == _CODE_OWNER)
        if owners:
            yield owners, f"code owner of {plant.name}"
        for each in plant.approvers:
            if each.role != _CODE_OWNER and not each.named_here:
                yield (each.who,), f"{each.role} ({plant.name})"


def _approver(names: tuple[str, ...], accounts: Accounts, approved: Collection[str]) -> str | None:
    speaking = (account for name in names for account in (name, *accounts.get(name, ())))
    known = {each.lower(): each for each in approved}  # forges do not tell apart A and a
    return next((known[each.lower()] for each in speaking if each.lower() in known), None)
