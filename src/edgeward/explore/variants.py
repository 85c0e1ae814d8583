"""A plant that is decided again and again, each time with something altered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from edgeward.assess import decide_again
from edgeward.catalog import Catalog, Run
from edgeward.decision import Decision
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.vary import bind_again, with_devices, with_use_cases
from edgeward.explore.again import Again
from edgeward.explore.outcome import does, placed
from edgeward.facts.host import CLOUD
from edgeward.policy.engine import Engine
from edgeward.policy.rule import Rule
from edgeward.rulebook import Rulebook
from edgeward.site import Site, Tier

_NOTHING: Mapping[str, float | str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Change:
    """What a variant has that the plant has not.

    `values` by declaration path; `devices` as name, class and tier; `runs` of a model by its name.
    """

    values: Mapping[str, float | str] = field(default_factory=lambda: _NOTHING)
    devices: tuple[tuple[str, str, Tier], ...] = ()
    runs: tuple[tuple[str, Run], ...] = ()

    def and_also(self, other: Change) -> Change:
        return Change(
            {**self.values, **other.values},
            (*self.devices, *other.devices),
            (*self.runs, *other.runs),
        )

    @property
    def key(self) -> tuple[object, ...]:
        return (*sorted(self.values.items()), self.devices, self.runs)


AS_IT_IS = Change()


class Variants:
    """Decides for variants of one plant, each of them once.

    `lost` are devices that are not there in any of them.
    """

    def __init__(
        self,
        source: PlantSource,
        catalog: Catalog,
        book: Rulebook,
        prior: Mapping[str, str],
        *,
        base: Change = AS_IT_IS,
        lost: frozenset[str] = frozenset(),
    ) -> None:
        self.source = source
        self.catalog = catalog
        self.base = base
        self._lost = lost
        remembered = isinstance(book.engine, _Remembered)
        self._book = book if remembered else replace(book, engine=_Remembered(book.engine))
        self._prior = prior
        self._decided: dict[tuple[object, ...], Decision] = {}
        self._alone: dict[str, Variants] = {}
        self._site: Site | None = None
        self._again: Again | None = None

    @property
    def thresholds(self) -> Mapping[str, Any]:
        return self._book.thresholds

    def site(self, change: Change = AS_IT_IS) -> Site:
        if change is AS_IT_IS and self._site is not None:
            return self._site
        whole = self.base.and_also(change)
        source = with_devices(self.source, whole.devices)
        if not change.devices and self._site is not None:
            return bind_again(source, self.catalog, self._site, whole.values)
        site = bind_site(source, self.catalog, whole.values)
        kept = tuple(each for each in site.devices if each.name not in self._lost)
        site = replace(site, devices=kept)
        if change is AS_IT_IS:
            self._site = site
        return site

    def decide(self, change: Change = AS_IT_IS) -> Decision:
        key = change.key
        if key not in self._decided:
            self._decided[key] = self._decide(change)
        return self._decided[key]

    def _decide(self, change: Change) -> Decision:
        if change.devices or change.runs:
            catalog = with_runs(self.catalog, (*self.base.runs, *change.runs))
            return decide_again(self.site(change), catalog, self._book, self._prior)
        if self._again is None:
            catalog = with_runs(self.catalog, self.base.runs)
            self._again = Again(self.site(), catalog, self._book, self._prior)
        return self._again.decide(self.site(change))

    def alone(self, use_case: str) -> Variants:
        """The plant with this use case alone, which is much quicker to decide.

        Without the devices that it would take if the others were not there; the plant itself where
        it still would do something else. What is found alone has to be confirmed in the plant.
        """
        if use_case not in self._alone:
            self._alone[use_case] = self._find_alone(use_case)
        return self._alone[use_case]

    def _find_alone(self, use_case: str) -> Variants:
        wanted = does(self.decide(), use_case)
        lost = self._lost
        small = self._only(use_case, lost)
        while does(small.decide(), use_case) != wanted:
            took = {each.device for each in small.decide().placements} - {CLOUD}
            if use_case not in placed(self.decide()) or not took or took & set(wanted):
                return self
            lost |= took
            small = self._only(use_case, lost)
        return small

    def _only(self, use_case: str, lost: frozenset[str]) -> Variants:
        source = with_use_cases(self.source, frozenset({use_case}))
        return Variants(source, self.catalog, self._book, self._prior, base=self.base, lost=lost)

    def given(self, base: Change, lost: frozenset[str]) -> Variants:
        """The same plant with something altered in all of its variants."""
        return Variants(self.source, self.catalog, self._book, self._prior, base=base, lost=lost)


def with_runs(catalog: Catalog, runs: tuple[tuple[str, Run], ...]) -> Catalog:
    """The catalog as it would be if these runs had been measured."""
    models = dict(catalog.models)
    for name, run in runs:
        models[name] = replace(models[name], runs=(*models[name].runs, run))
    return replace(catalog, models=models) if runs else catalog


class _Remembered:
    """An engine that answers a question only once: most rules see nothing of a small change."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._answers: dict[tuple[str, bytes], dict[str, Any]] = {}

    def evaluate(self, rule: Rule, rows: bytes, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        key = (rule.id, rows)
        if key not in self._answers:
            self._answers[key] = self._engine.evaluate(rule, rows, thresholds)
        return self._answers[key]
