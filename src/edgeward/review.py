"""Two versions of a repository held against each other, by deciding again on both sides.

A version is a folder or a git ref. Plants whose inputs are the same on both sides are not decided
at all; a few plants are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from edgeward.assess import decide_again, what_it_does
from edgeward.build import add_bundles, open_packs
from edgeward.bundle.pack import Pack
from edgeward.declare.code_owners import PLACES
from edgeward.declare.nodes import Node, walk
from edgeward.declare.workspace import PlantSource, load_source
from edgeward.diff.change import FleetDiff, PlantDiff, SharedChanges, Version
from edgeward.diff.plant import compare_plant, rank
from edgeward.diff.values import compare_catalogs, compare_values
from edgeward.errors import InvalidDeclaration, UsageError
from edgeward.git import checked_out
from edgeward.impact import compare_rules
from edgeward.lock import LOCK_NAME, Lock, read_lock
from edgeward.resources import add_graphs, plan_plant
from edgeward.result import PlantResult
from edgeward.session import Session, assess_plant, open_session
from edgeward.shipped import SOURCE_TREE, reading
from edgeward.stack.planned import StackPlan

WORKING_TREE = "the working tree"
_PATHS = ("sites", "policies", "templates", *PLACES, SOURCE_TREE)
_AT_ONCE = 64


def review_change(
    root: Path, base: str, head: str | None, today: date, built: bool = True
) -> FleetDiff:
    """What changes from `base` to `head`, the working tree at `root` without one.

    With `built` also what differs in the cloud and in bundles, which takes longest. Raises UsageError for a version that there is not, what opening either raises, and
    InvalidDeclaration where nothing of a version can be read.
    """
    with _folder(root, base) as old_folder, _folder(root, head) as new_folder:
        old = _open_side(base, old_folder, today)
        new = _open_side(head or WORKING_TREE, new_folder, today)
        return _compare(old, new, today, built)


def is_folder(version: str) -> bool:
    """Whether a version is a folder with plants, not the name of a commit."""
    return (Path(version) / "sites").is_dir()


@dataclass(frozen=True, slots=True)
class _Side:
    label: str
    session: Session
    packs: tuple[Pack, ...]

    @property
    def root(self) -> Path:
        return self.session.workspace.root

    @property
    def pack_digests(self) -> Mapping[str, str]:
        return {each.name: each.digest for each in self.packs}

    def reading(self) -> AbstractContextManager[None]:
        """While it lasts, what this version ships is what is shipped, if it is edgeward's own."""
        return reading(self.root)

    def assess(self, name: str) -> PlantResult | None:
        if name not in self.session.workspace.plants:
            return None
        with self.reading():
            return assess_plant(self.session, name)

    def bytes_of(self, name: str) -> tuple[bytes | None, ...]:
        files = (self.root / "sites" / name / file for file in ("site.yaml", LOCK_NAME))
        return tuple(file.read_bytes() if file.is_file() else None for file in files)

    def lock(self, name: str) -> tuple[Lock | None, bool]:
        """The committed decision, and whether there is one that cannot be read."""
        data = self.bytes_of(name)[1]
        lock = None if data is None else read_lock(data)
        return lock, data is not None and lock is None


@contextmanager
def _folder(root: Path, version: str | None) -> Iterator[Path]:
    if version is None:
        yield root
    elif is_folder(version):
        yield Path(version).resolve()
    elif Path(version).is_dir():
        raise UsageError(f"{version} has no folder `sites`: give the root of a repository")
    else:
        with checked_out(root, version, _PATHS) as folder:
            yield folder


def _open_side(label: str, folder: Path, today: date) -> _Side:
    with reading(folder):
        try:
            session = open_session(folder, today)
        except InvalidDeclaration as error:
            raise UsageError(f"{label} cannot be compared, repair it first:\n{error}") from error
        return _Side(label, session, open_packs(session))


def _compare(old: _Side, new: _Side, today: date, built: bool) -> FleetDiff:
    names = sorted({*old.session.workspace.plants, *new.session.workspace.plants})
    if not names:
        raise UsageError(f"neither {old.label} nor {new.label} has a plant: sites/*/site.yaml")
    pairs = _differing(names, old, new)
    plants: list[PlantDiff] = []
    while chunk := list(islice(pairs, _AT_ONCE)):
        plants += [each for each in _compare_chunk(chunk, old, new, today, built) if each.changed]
    plants = _name_renamed(plants, old, new)
    return FleetDiff(
        base=old.label,
        head=new.label,
        shared=_compare_shared(old, new),
        plants=tuple(sorted(plants, key=lambda each: (*rank(each), each.name))),
        unchanged=len(names) - len(plants),
        accounts=old.session.workspace.accounts,
    )


_Pair = tuple[str, PlantResult | None, PlantResult | None]


def _differing(names: Sequence[str], old: _Side, new: _Side) -> Iterator[_Pair]:
    """The plants that may differ, with their results: the cheapest test that tells comes first."""
    same_frame = _frame(old) == _frame(new)
    same_packs = old.pack_digests == new.pack_digests
    for name in names:
        if same_frame and same_packs and old.bytes_of(name) == new.bytes_of(name):
            continue
        before, after = old.assess(name), new.assess(name)
        same = before is not None and after is not None and _tell(before) == _tell(after)
        if not (same and same_packs and old.bytes_of(name)[1] == new.bytes_of(name)[1]):
            yield name, before, after


def _frame(side: _Side) -> tuple[object, ...]:
    """What every plant is decided and judged with besides its own file."""
    book, workspace = side.session.book, side.session.workspace
    owners = [(pattern.pattern, who) for pattern, who in book.code_owners.lines]
    return (workspace.catalog, workspace.layers, book.digest, book.approvers, owners)


def _tell(plant: PlantResult) -> tuple[object, ...]:
    digest = plant.decision.inputs_digest if plant.decision else None
    found = [(each.fingerprint, each.message, each.waiver) for each in plant.findings]
    return digest, found, plant.problems, plant.stale, plant.has_lock


def _compare_chunk(
    chunk: Sequence[_Pair], old: _Side, new: _Side, today: date, built: bool
) -> Iterator[PlantDiff]:
    judged_otherwise = _cloud_rules(old) != _cloud_rules(new)
    built = [
        name
        for name, before, after in chunk
        if judged_otherwise or _plan(old, before) != _plan(new, after)
    ]
    befores = _build(old, [before for _, before, _ in chunk if before], built)
    afters = _build(new, [after for _, _, after in chunk if after], built)
    for name, _, _ in chunk:
        before, after = befores.get(name), afters.get(name)
        yield compare_plant(
            name,
            before,
            after,
            today,
            code_owners=old.session.book.code_owners.of(f"sites/{name}/site.yaml"),
            unfollowed=tuple(_unfollowed(new, before, after)),
        )


def _plan(side: _Side, plant: PlantResult | None) -> StackPlan | None:
    """What the resources follow from; compiling them takes longest, so only where this differs."""
    if plant is None or plant.site is None or plant.decision is None:
        return None
    return plan_plant(side.session, plant)


def _cloud_rules(side: _Side) -> tuple[object, ...]:
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


def _build(side: _Side, plants: list[PlantResult], graphs: list[str]) -> Mapping[str, Version]:
    """The plants with bundles, and with resources where they are in `graphs`."""
    with side.reading():
        made = add_graphs(side.session, [each for each in plants if each.name in graphs])
        done = {each.name: each for each in made}
        full = [_with_bundles(side, done.get(each.name, each)) for each in plants]
        return _leave(side, full)


def _leave(side: _Side, plants: list[PlantResult]) -> Mapping[str, Version]:
    """The plants as they are."""
    with side.reading():
        return {each.name: _version(side, each) for each in plants}


def _with_bundles(side: _Side, plant: PlantResult) -> PlantResult:
    try:
        return add_bundles(side.session, plant, side.packs)
    except InvalidDeclaration as error:
        return replace(plant, problems=error.problems)


def _version(side: _Side, plant: PlantResult) -> Version:
    source = load_source(side.session.workspace, plant.name)
    values = _values(source.tree) if isinstance(source, PlantSource) else {}
    return Version(plant, values, *side.lock(plant.name))


def _values(tree: Node) -> dict[str, str]:
    return {path: node.text for path, node in walk(tree)}


def _unfollowed(side: _Side, before: Version | None, after: Version | None) -> Iterator[str]:
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


def _name_renamed(plants: list[PlantDiff], old: _Side, new: _Side) -> list[PlantDiff]:
    """New plants that say what one that is gone said get its name."""
    gone = {_identity(old, each.name): each.name for each in plants if each.after is None}
    return [
        replace(each, renamed_from=gone.get(_identity(new, each.name)))
        if each.before is None and gone
        else each
        for each in plants
    ]


def _identity(side: _Side, name: str) -> tuple[tuple[str, str], ...]:
    source = load_source(side.session.workspace, name)
    values = _values(source.tree) if isinstance(source, PlantSource) else {"name": name}
    return tuple(sorted((path, text) for path, text in values.items() if path != "name"))


def _compare_shared(old: _Side, new: _Side) -> SharedChanges:
    with old.reading():
        rules = compare_rules(old.session, new.session)
    return SharedChanges(
        rules=rules,
        catalog=compare_catalogs(old.session.workspace.catalog, new.session.workspace.catalog),
        packs=compare_values(old.pack_digests, new.pack_digests),
        approvers_before=old.session.workspace.approvers,
        approvers_after=new.session.workspace.approvers,
    )
