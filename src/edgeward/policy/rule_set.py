"""The rules of a repository and where their compiled modules are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import edgeward
from edgeward.errors import NotEvaluated
from edgeward.policy.fact_types import input_schema
from edgeward.policy.manifest import MANIFEST, Manifest, read_manifest, read_module
from edgeward.policy.opa import find_opa
from edgeward.policy.rule import Rule, RuleStage
from edgeward.policy.sources import digest, read_sources
from edgeward.policy.user_cache import cache_directory
from edgeward.write import NotWritten

COMPILED = Path(__file__).parent / "compiled"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules sorted by id; `modules` gives a category's verified Wasm when it is called."""

    rules: tuple[Rule, ...]
    modules: Mapping[str, Callable[[], bytes]]
    sources: Mapping[str, str]

    def of(self, stage: RuleStage) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.stage == stage)


def load_rules(root: Path) -> RuleSet:
    """The shipped rules with those of the repository at `root`.

    Rules that are not the compiled ones are compiled into the user's cache, once. Raises
    NotEvaluated where no `opa` is at hand to do so, or where it refuses them.
    """
    sources = read_sources(root)
    digests = {name: digest(text) for name, text in sources.items()}
    shipped = read_manifest(COMPILED)
    if shipped.sources == digests:
        return _stored(COMPILED, shipped, sources)
    cached = _cached_at(digests)
    if cached is not None and (cached / MANIFEST).is_file():
        manifest = read_manifest(cached)
        if manifest.sources == digests:
            return _stored(cached, manifest, sources)
    return _compiled_anew(sources, _changed(shipped.sources, digests), cached)


def shipped_ids() -> frozenset[str]:
    """The ids of the rules that come with edgeward."""
    return frozenset(rule.id for rule in read_manifest(COMPILED).rules)


def _stored(folder: Path, manifest: Manifest, sources: Mapping[str, str]) -> RuleSet:
    modules = {
        category: partial(read_module, folder, category, expected)
        for category, expected in manifest.modules.items()
    }
    return RuleSet(manifest.rules, modules, sources)


def _compiled_anew(sources: Mapping[str, str], changed: str, cached: Path | None) -> RuleSet:
    from edgeward.policy.build import compile_rules, write_compiled  # noqa: PLC0415 (rarely)

    opa = find_opa()
    if opa is None:
        raise NotEvaluated(
            f"policies/{changed}: differs from the compiled rules, and no `opa` is at hand to "
            "compile them again; install OPA on the PATH, or take back the change"
        )
    compiled = compile_rules(sources, opa)
    if cached is not None:
        with suppress(OSError, NotWritten):  # compiled again next time, not wrong
            write_compiled(compiled, cached)
    modules = {category: partial(bytes, code) for category, code in compiled.modules.items()}
    return RuleSet(compiled.manifest.rules, modules, sources)


def _cached_at(digests: Mapping[str, str]) -> Path | None:
    base = cache_directory()
    wanted = {"edgeward": edgeward.__version__, "schema": input_schema(), "sources": digests}
    key = digest(json.dumps(wanted, sort_keys=True)).removeprefix("sha256:")[:32]
    return base / "policies" / key if base else None


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The first file that is not the compiled one."""
    return min(name for name, _ in before.items() ^ after.items())
