"""`decision.lock.yaml`: the decision as it is committed, reviewed, and held against a fresh one.

It has no date and its numbers are rounded to what they mean, so a re-decision that changes
nothing changes no byte. It is stale when deciding again would *do* something else; figures that
moved a little do not make it stale.

An edgeward takes a lock of its own version or an older one, and decides again: what an older one
decided otherwise is stale. A lock of a newer one it refuses, as it may not know what that weighed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from edgeward import __version__
from edgeward.decision import Alternative, Decision, Ledger, Placement, Withheld
from edgeward.declare.load import load
from edgeward.declare.schemas import plain
from edgeward.errors import Problem
from edgeward.figures import format_figure, format_usd

LOCK_NAME = "decision.lock.yaml"
_MARKER = re.compile(rb"(<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)")
_HEAD = "# Written by `edgeward decide`, for people to review. Change site.yaml, not this file.\n"


@dataclass(frozen=True, slots=True)
class Lock:
    """What a committed decision does: by use case, the fields that make it stale.

    `edgeward` is the version that wrote it, empty where it does not say.
    """

    site: str
    inputs_digest: str
    does: Mapping[str, Mapping[str, Any]]
    edgeward: str = ""

    @property
    def hosts(self) -> Mapping[str, str]:
        """The host of each use case that the lock placed."""
        return {name: did["device"] for name, did in self.does.items() if "device" in did}


def write_lock(decision: Decision) -> str:
    """The text of the lock; the same decision gives the same bytes."""
    document = {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "PlacementDecision",
        "name": decision.site,
        "edgeward": __version__,
        "inputs_digest": decision.inputs_digest,
        "use_cases": [_placement(each) for each in decision.placements],
        "withheld": [_withheld(each) for each in decision.withheld],
    }
    return _HEAD + yaml.safe_dump(document, sort_keys=False, width=100, allow_unicode=True)


def read_lock(data: bytes) -> Lock | None:
    """The lock in a file, or None where it is none: damaged, of another kind, in conflict."""
    tree = load(data, LOCK_NAME).tree
    if tree is None:
        return None
    try:
        document = plain(tree)
        if document["kind"] != "PlacementDecision":
            return None
        does = {each["name"]: _does(each) for each in document["use_cases"]}
        does |= {each["name"]: {"withheld": each["why"]} for each in document["withheld"]}
        writer = str(document.get("edgeward", ""))
        return Lock(str(document["name"]), str(document["inputs_digest"]), does, writer)
    except (AttributeError, KeyError, TypeError):
        return None


def agreed_hosts(data: bytes) -> Mapping[str, str]:
    """Of a lock in conflict, the hosts on which both sides agree; none of anything else.

    So that deciding again moves nothing that neither side moved.
    """
    sides = [read_lock(each) for each in split_conflict(data)]
    if None in sides or not sides:
        return {}
    first, second = (each.hosts for each in sides if each is not None)
    return {name: host for name, host in first.items() if second.get(name) == host}


def split_conflict(data: bytes) -> tuple[bytes, ...]:
    """Both sides of a file that git left with conflict markers; nothing where it has none."""
    sides: tuple[list[bytes], list[bytes]] = ([], [])
    within: tuple[int, ...] = (0, 1)
    conflicts = 0
    for line in data.splitlines(keepends=True):
        found = _MARKER.match(line)
        if found is None:
            for side in within:
                sides[side].append(line)
            continue
        conflicts += found[0] == b"<" * 7
        within = {b"<": (0,), b"|": (), b"=": (1,), b">": (0, 1)}[found[0][:1]]
    return tuple(b"".join(side) for side in sides) if conflicts else ()


def refuse_newer(lock: Lock | None, file: str) -> Problem | None:
    """What is wrong with a lock that a newer edgeward wrote than this one."""
    if lock is None or _release(lock.edgeward) <= _release(__version__):
        return None
    message = (
        f"was written by edgeward {lock.edgeward}, and this is {__version__}: "
        f"use {lock.edgeward} or later, here and in CI"
    )
    return Problem(file, 0, 0, "", message)


def _release(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def differences(lock: Lock, decision: Decision) -> tuple[str, ...]:
    """What deciding again does differently, a sentence each; none means the lock is not stale."""
    fresh = read_lock(write_lock(decision).encode())
    assert fresh is not None
    found = []
    for name in sorted(lock.does.keys() | fresh.does.keys()):
        before, after = lock.does.get(name), fresh.does.get(name)
        if before is None or after is None:
            found.append(f"{name}: {'not in the lock' if before is None else 'only in the lock'}")
        elif before != after:
            why = _why_moved(name, before, decision)
            found += [f"{name}: {change}{why}" for change in _changes(before, after)]
    if found and lock.edgeward and lock.edgeward != __version__:
        found.append(f"the lock is by edgeward {lock.edgeward}, and this is {__version__}")
    return tuple(found)


def _why_moved(name: str, before: Mapping[str, Any], decision: Decision) -> str:
    """What speaks against the place in the lock: the rules that block it now, or the cost."""
    alternatives = {
        each.device: (placement, each)
        for placement in decision.placements
        if placement.use_case == name
        for each in placement.alternatives[1:]
    }
    if before.get("device") not in alternatives:
        return ""
    placement, left = alternatives[before["device"]]
    if left.blocks:
        return f", because {'; '.join(each.message for each in left.blocks)}"
    cheaper = format_usd(placement.usd_per_month)
    return f", because it costs {cheaper} a month instead of {format_usd(left.usd_per_month)}"


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [
        f"{key} is {before.get(key, 'absent')} in the lock, {after.get(key, 'absent')} now"
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _does(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "tier": entry["inference"]["tier"],
        "device": entry["inference"]["device"],
        "training": entry["training"],
        "pattern": entry["pattern"],
        "fallback": entry["fallback"],
        "bands": entry.get("bands"),
    }


def _placement(placement: Placement) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": placement.use_case,
        "stage": placement.stage,
        "inference": {"tier": placement.inference_tier, "device": placement.device},
        "training": placement.training_tier,
        "pattern": placement.pattern.value,
        "fallback": placement.fallback,
        "reason": placement.reason,
        "latency_ms": _ledger(placement.ledger) | {"budget": format_figure(placement.budget_ms)},
        "cost_per_month": format_usd(placement.usd_per_month),
        "recalled_prices": list(placement.recalled_prices),
        "fragile": list(placement.fragile_on),
        "rests_on": list(placement.rests_on),
    }
    if placement.bands:
        entry["bands"] = dict(placement.bands)
    entry["alternatives"] = [_alternative(each) for each in placement.alternatives[1:]]
    return entry


def _withheld(withheld: Withheld) -> dict[str, Any]:
    return {
        "name": withheld.use_case,
        "why": withheld.why,
        "missing": [f"{each.path}: {each.what}" for each in withheld.missing],
        "training_blocks": [f"{each.rule}: {each.message}" for each in withheld.training_blocks],
        "alternatives": [_alternative(each) for each in withheld.alternatives],
    }


def _alternative(alternative: Alternative) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "tier": alternative.tier,
        "device": alternative.device,
        "permitted": {True: "yes", False: "no", None: "unknown"}[alternative.permitted],
        "cost_per_month": format_usd(alternative.usd_per_month),
        "blocked_by": [f"{each.rule}: {each.message}" for each in alternative.blocks],
    }
    if alternative.rests_on:
        entry["rests_on"] = list(alternative.rests_on)
    return entry


def _ledger(ledger: Ledger) -> dict[str, Any]:
    return {
        "bound": format_figure(ledger.bound_ms),
        "median": format_figure(ledger.median_ms),
        "terms": {term.name: format_figure(term.bound_ms) for term in ledger.terms},
    }
