"""What a change of rules, thresholds or catalog does to a fleet, before it is merged.

The plants stay as they are; only what judges them is taken once from the base and once from the
working tree. Both times a plant's committed decision is the prior, as it is in a check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edgeward.decision import Placement
from edgeward.git import checked_out
from edgeward.lock import LOCK_NAME
from edgeward.quantity import Quantity, total
from edgeward.result import PlantResult, Status
from edgeward.session import Session, assess_plant, open_session
from edgeward.shipped import shipped_path, source_tree_at

_JUDGES = ("policies", "sites/catalog", "sites/fleet.yaml")


@dataclass(frozen=True, slots=True)
class Move:
    """A use case that is placed otherwise; None is no place at all."""

    use_case: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PlantImpact:
    """One plant before and after; `appeared` and `gone` are findings as `rule at path`."""

    name: str
    before: Status
    after: Status
    moves: tuple[Move, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    usd_before: Quantity
    usd_after: Quantity

    @property
    def changed(self) -> bool:
        costs = (self.usd_before, self.usd_after)
        return bool(
            self.before is not self.after
            or self.moves
            or self.appeared
            or self.gone
            or costs[0] != costs[1]
        )

    @property
    def newly_failing(self) -> bool:
        return self.before is Status.DECIDED and self.after is not Status.DECIDED

    @property
    def newly_passing(self) -> bool:
        return self.before is not Status.DECIDED and self.after is Status.DECIDED


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """Ids of rules, and paths of thresholds with both values as text."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    thresholds: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """All plants of the fleet, by name, and what was changed of the rules."""

    base: str
    rules: RuleChanges
    plants: tuple[PlantImpact, ...]

    def of(self, changed: bool) -> tuple[PlantImpact, ...]:
        return tuple(each for each in self.plants if each.changed is changed)


def measure_impact(root: Path, base: str, today: date) -> Impact:
    """Judge every plant with the base's rules, thresholds and catalog, and with the present ones.

    Raises UsageError for a base that git does not know, and what opening either version raises.
    """
    now = open_session(root, today)
    results_now = [assess_plant(now, name) for name in now.workspace.plants]
    with checked_out(root, base, _JUDGES) as folder:
        _lay_plants(root, folder, now.workspace.plants)
        if shipped_path("policies") == root / "policies":
            with source_tree_at(folder):
                return _compare(base, folder, today, now, results_now)
        return _compare(base, folder, today, now, results_now)


def compare_rules(before: Session, after: Session) -> RuleChanges:
    """The rules and thresholds of two versions of a repository that differ."""
    had, has = before.book.sources, after.book.sources
    ids = {name: ".".join(name.split("/")[:2]) for name in {*had, *has}}
    first, second = dict(_leaves(before.book.thresholds)), dict(_leaves(after.book.thresholds))
    return RuleChanges(
        added=tuple(sorted(ids[name] for name in has.keys() - had.keys())),
        removed=tuple(sorted(ids[name] for name in had.keys() - has.keys())),
        changed=tuple(sorted(ids[n] for n in had.keys() & has.keys() if had[n] != has[n])),
        thresholds=tuple(
            (path, first.get(path, "absent"), second.get(path, "absent"))
            for path in sorted({*first, *second})
            if first.get(path) != second.get(path)
        ),
    )


def _compare(
    base: str, folder: Path, today: date, now: Session, results: Sequence[PlantResult]
) -> Impact:
    before = open_session(folder, today)
    plants = tuple(_plant(assess_plant(before, each.name), each) for each in results)
    return Impact(base, compare_rules(before, now), plants)


def _lay_plants(root: Path, folder: Path, plants: Sequence[str]) -> None:
    """The plants as they are, beside the base's rules and catalog."""
    for name in plants:
        (folder / "sites" / name).mkdir(parents=True, exist_ok=True)
        for file in ("site.yaml", LOCK_NAME):
            source = root / "sites" / name / file
            if source.is_file():
                (folder / "sites" / name / file).write_bytes(source.read_bytes())


def _plant(before: PlantResult, after: PlantResult) -> PlantImpact:
    had, has = _findings(before), _findings(after)
    return PlantImpact(
        name=after.name,
        before=before.status,
        after=after.status,
        moves=tuple(_moves(_places(before), _places(after))),
        appeared=tuple(sorted(has - had)),
        gone=tuple(sorted(had - has)),
        usd_before=_usd_per_month(before),
        usd_after=_usd_per_month(after),
    )


def _findings(plant: PlantResult) -> set[str]:
    problems = {f"{each.path}: {each.message}" for each in plant.problems}
    return problems | {
        f"{each.severity} {each.rule} at {each.path}" + (" (waived)" if each.waiver else "")
        for each in plant.findings
    }


def _places(plant: PlantResult) -> dict[str, str]:
    placements = plant.decision.placements if plant.decision else ()
    return {each.use_case: _place(each) for each in placements}


def _place(placement: Placement) -> str:
    tier, device = placement.inference_tier, placement.device
    where = tier if tier == device else f"{tier} {device}"
    pattern = placement.pattern.value.replace("_", " ")
    return f"{where}, training {placement.training_tier}, {pattern}"


def _moves(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Move]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Move(name, before.get(name), after.get(name))


def _usd_per_month(plant: PlantResult) -> Quantity:
    placements = plant.decision.placements if plant.decision else ()
    return total([each.usd_per_month for each in placements])


def _leaves(values: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
