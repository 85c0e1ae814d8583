"""Plants of two sides held against each other: decided on both, and built where that may differ.

The cheapest test that tells comes first. What was found is remembered by the digests of both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from edgeward.assess import decide_again, what_it_does
from edgeward.build import add_bundles
from edgeward.bundle.bundle import bundle_inputs
from edgeward.crew import answer_each
from edgeward.diff.change import PlantDiff, Version
from edgeward.diff.plant import compare_plant
from edgeward.errors import EdgewardError, InvalidDeclaration
from edgeward.inputs import digest_built, digest_pair, digest_plant, digest_rollouts
from edgeward.resources import add_graphs, plan_plant
from edgeward.result import PlantResult
from edgeward.side import Read, Side, open_side
from edgeward.stack.planned import StackPlan
from edgeward.store import Store, open_store

_AT_ONCE = 32
"""A group shares the process that compiles its stacks; its plants are in memory together."""
_Pair = tuple[str, Read | None, Read | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, as a worker process needs to know it.

    `built`: also what differs in the cloud and in bundles, which takes longest.
    """

    base: tuple[str, Path]
    head: tuple[str, Path]
    today: date
    built: bool

    def sides(self) -> tuple[Side, Side]:
        """Raises what opening either raises."""
        old, new = (open_side(*each, self.today) for each in (self.base, self.head))
        return old, new

    def open(self) -> Callable[[Sequence[str]], list[PlantDiff]]:
        """For a worker: its own sides, and what it finds goes to the store."""
        return _Comparer(self, *self.sides(), open_store()).compare


def compare_plants(
    comparison: Comparison, old: Side, new: Side, names: Sequence[str]
) -> Iterator[PlantDiff]:
    """What changes of each plant, in the order of the names; one that stays has no news."""
    comparer = _Comparer(comparison, old, new, open_store())
    known = {name: comparer.recall(name) for name in names}
    missing = [name for name, found in known.items() if found is None]
    groups = [missing[at : at + _AT_ONCE] for at in range(0, len(missing), _AT_ONCE)]
    found = answer_each(comparison, groups, lambda: comparer.compare, len(missing))
    fresh = (each for group in found for each in group)
    for name in names:
        yield known[name] or next(fresh)


@dataclass(frozen=True, slots=True)
class _Comparer:
    comparison: Comparison
    old: Side
    new: Side
    store: Store | None

    def recall(self, name: str) -> PlantDiff | None:
        if self._is_untouched(name):
            return PlantDiff(name, None, None)
        found = self.store.get(self._key(name)) if self.store is not None else None
        return found if isinstance(found, PlantDiff) and found.name == name else None

    def compare(self, names: Sequence[str]) -> list[PlantDiff]:
        """Kept only where the plants' files are still what they were when it was begun."""
        keys = [self._key(name) for name in names]
        differing = {name: (name, old, new) for name, old, new in self._differing(names)}
        done = {each.name: each for each in self._compare_group(list(differing.values()))}
        diffs = [done.get(name) or PlantDiff(name, None, None) for name in names]
        for key, diff in zip(keys, diffs, strict=True):
            if self.store is not None and self._key(diff.name) == key:
                self.store.put(key, diff)
        return diffs

    def _is_untouched(self, name: str) -> bool:
        same = self.old.frame == self.new.frame
        digests = (digest_plant("", each.root, name) for each in self._sides)
        return same and len(set(digests)) == 1

    def _key(self, name: str) -> str:
        before, after = (digest_plant(each.frame, each.root, name) for each in self._sides)
        return digest_pair(before, after, digest_built() if self.comparison.built else "decided")

    def _differing(self, names: Sequence[str]) -> Iterator[_Pair]:
        """The plants that may differ, with their results."""
        rollouts = {digest_rollouts(each.root) for each in self._sides}
        same_built = self.old.pack_digests == self.new.pack_digests and len(rollouts) == 1
        for name in names:
            before, after = self.old.read(name), self.new.read(name)
            same = before is not None and after is not None and _tell(before) == _tell(after)
            files = {digest_plant("", each.root, name, besides=True) for each in self._sides}
            if not (same and same_built and len(files) == 1):
                yield name, before, after

    @property
    def _sides(self) -> tuple[Side, Side]:
        return self.old, self.new

    def _compare_group(self, group: Sequence[_Pair]) -> Iterator[PlantDiff]:
        befores, afters = self._versions(group)
        for name, _, _ in group:
            before, after = befores.get(name), afters.get(name)
            yield compare_plant(
                name,
                before,
                after,
                self.comparison.today,
                code_owners=self.old.session.book.code_owners.of(f"sites/{name}/site.yaml"),
                unfollowed=tuple(_unfollowed(self.new, before, after)),
            )

    def _versions(self, group: Sequence[_Pair]) -> tuple[Mapping[str, Version], ...]:
        """Both sides of each plant, with what is built of it where that may differ."""
        built = group if self.comparison.built else ()
        other_rules = _cloud_rules(self.old) != _cloud_rules(self.new)
        graphs = {
            name
            for name, before, after in built
            if other_rules or _plan(self.old, before) != _plan(self.new, after)
        }
        bundles = {
            name
            for name, before, after in built
            if None in (inputs := (_bundles(self.old, before), _bundles(self.new, after)))
            or inputs[0] != inputs[1]
        }
        reads = ([each[1] for each in group], [each[2] for each in group])
        return tuple(
            _build(side, [each for each in listed if each is not None], graphs, bundles)
            for side, listed in zip(self._sides, reads, strict=True)
        )


def _tell(read: Read) -> tuple[object, ...]:
    plant = read.result
    digest = plant.decision.inputs_digest if plant.decision else None
    found = [(each.fingerprint, each.message, each.waiver) for each in plant.findings]
    return digest, found, plant.problems, plant.stale, plant.has_lock


def _plan(side: Side, read: Read | None) -> StackPlan | None:
    """What the resources follow from; compiling them takes longest, so only where this differs."""
    plant = read.result if read is not None else None
    if plant is None or plant.site is None or plant.decision is None:
        return None
    return plan_plant(side.session, plant)


def _bundles(side: Side, read: Read | None) -> object | None:
    """What the bundles follow from; None where they have to be rendered to tell."""
    plant = read.result if read is not None else None
    if plant is None or plant.site is None or plant.decision is None:
        return None
    try:
        return bundle_inputs(plant.site, plant.decision, side.session.workspace.catalog, side.packs)
    except EdgewardError:
        return None


def _cloud_rules(side: Side) -> tuple[object, ...]:
    """The rules that judge resources, with their sources and thresholds."""
    book = side.session.book
    rules = book.of("judge", "resource")
    folders = tuple(f"{rule.id.replace('.', '/')}/" for rule in rules)
    sources = [text for name, text in sorted(book.sources.items()) if name.startswith(folders)]
    return rules, sources, [_find(book.thresholds, at) for each in rules for at in each.thresholds]


def _find(thresholds: Mapping[str, object], path: str) -> object:
    found: object = thresholds
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _build(
    side: Side, reads: list[Read], graphs: set[str], bundles: set[str]
) -> Mapping[str, Version]:
    """The plants, with resources where they are in `graphs`, with bundles in `bundles`."""
    with side.reading():
        plants = [each.result for each in reads]
        made = add_graphs(side.session, [each for each in plants if each.name in graphs])
        done = {each.name: each for each in made}
        versions = {}
        for read in reads:
            plant = done.get(read.result.name, read.result)
            if plant.name in bundles:
                plant = _with_bundles(side, plant)
            versions[plant.name] = Version(plant, read.values, *side.lock(plant.name))
        return versions


def _with_bundles(side: Side, plant: PlantResult) -> PlantResult:
    try:
        return add_bundles(side.session, plant, side.packs)
    except InvalidDeclaration as error:
        return replace(plant, problems=error.problems)


def _unfollowed(side: Side, before: Version | None, after: Version | None) -> Iterator[str]:
    """Where a changed lock leads elsewhere than the base's lock with the same declarations.

    Deciding keeps what runs, so a place that was written into the lock by hand would stay there.
    """
    locks = [each.lock.hosts if each and each.lock else {} for each in (before, after)]
    if after is None or after.result.site is None or after.result.decision is None:
        return
    if locks[0] == locks[1] or not locks[1] or after.result.stale:
        return
    session = side.session
    again = decide_again(after.result.site, session.workspace.catalog, session.book, locks[0])
    follows, does = what_it_does(again), what_it_does(after.result.decision)
    for name in sorted(does):
        if follows.get(name) != does[name]:
            there = follows[name][1] if len(follows[name]) > 1 else follows[name][0]
            here = does[name][1] if len(does[name]) > 1 else does[name][0]
            yield (
                f"{name}: the lock has {here}, deciding from the base's lock gives {there}; it was "
                "edited by hand, or decided in several steps or with --fresh"
            )
