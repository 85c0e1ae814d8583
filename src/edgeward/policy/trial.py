"""Trying rules while somebody works on them: only what was asked for is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edgeward.declare.wording import did_you_mean
from edgeward.errors import NotEvaluated, UsageError
from edgeward.policy.build import compile_rules
from edgeward.policy.cases import Answer, case_faults, read_cases, run_cases
from edgeward.policy.engine import open_engine
from edgeward.policy.message import render_message
from edgeward.policy.opa import find_opa
from edgeward.policy.rego_tests import run_rego_tests
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import RuleSet
from edgeward.policy.sources import is_rule, policy_folders, read_sources
from edgeward.policy.thresholds import load_thresholds
from edgeward.shipped import shipped_path
from edgeward.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out for one rule; `faults` are what its cases lack."""

    rule: Rule
    answers: tuple[Answer, ...]
    faults: tuple[str, ...]
    rego_tests: int

    @property
    def passed(self) -> bool:
        return not self.faults and all(each.as_expected for each in self.answers)


def try_rules(root: Path, wanted: Sequence[str]) -> Iterator[Trial]:
    """Compile rules by id, folder or category, and run their cases.

    Where none is named, these are the repository's own rules, or all in edgeward's source tree.
    Raises UsageError for a name that is none, NotEvaluated for a rule that does not compile or
    whose own tests fail or leave a line out.
    """
    opa = find_opa()
    if opa is None:
        raise NotEvaluated("no `opa` is at hand to compile the rules; install OPA on the PATH")
    sources = read_sources(root)
    chosen = _choose(sources, wanted or _own(root, sources))
    compiled = compile_rules(chosen, opa)
    modules = {name: partial(bytes, code) for name, code in compiled.modules.items()}
    engine = open_engine(RuleSet(compiled.manifest.rules, modules, chosen))
    tests = run_rego_tests({**chosen, **_tests(root, chosen)}, opa)
    cases = [case for folder in _case_folders(root) for case in read_cases(folder)]
    for rule in compiled.manifest.rules:
        own = [case for case in cases if case.rule == rule.id]
        faults = [f"{case.name}: {fault}" for case in own for fault in case_faults(rule, case)]
        for side in ("accept", "reject"):
            if not any(case.name.startswith(side) for case in own):
                faults.append(f"there is no case in tests/cases/{side}/{rule.id}/")
        answers = () if faults else run_cases(rule, own, partial(load_thresholds, root), engine)
        yield Trial(rule, tuple(answers), tuple(faults), tests)


def describe_trial(trial: Trial, verbose: bool) -> Iterator[str]:
    """Lines for people: the rule, and its cases; those that are right only where `verbose`."""
    wrong = [each for each in trial.answers if not each.as_expected]
    yield f"{trial.rule.id}: {'ok' if trial.passed else 'WRONG'}, {len(trial.answers)} cases"
    for fault in trial.faults:
        yield f"  {fault}"
    for each in trial.answers if verbose else wrong:
        verdict = each.verdict
        got = verdict.outcome.value.replace("_", " ")
        wanted = each.case.expected.value.replace("_", " ")
        said = got if each.as_expected else f"{got}, should be {wanted}"
        yield f"  {'ok   ' if each.as_expected else 'WRONG'} {each.case.name}: {said}"
        if verdict.outcome is not Outcome.NOT_APPLICABLE:
            yield f"        {render_message(trial.rule, verdict)}"
        if verdict.rests_on:
            yield f"        not known: {', '.join(sorted(verdict.rests_on))}"


def _choose(sources: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    ids = {".".join(name.split("/")[:2]): name for name in sources if is_rule(name)}
    chosen = {name: text for name, text in sources.items() if not is_rule(name)}
    for each in wanted:
        found = [name for rule, name in ids.items() if _means(each, rule)]
        if not found:
            raise UsageError(f"no rule is called `{each}`: {did_you_mean(each, ids)}")
        chosen |= {name: sources[name] for name in found}
    return dict(sorted(chosen.items()))


def _own(root: Path, sources: Mapping[str, str]) -> list[str]:
    _shipped, *own = policy_folders(root)
    names = [name for name in sources if is_rule(name)]
    listed = [name for name in names if not own or (own[0] / name).is_file()]
    return [".".join(name.split("/")[:2]) for name in listed]


def _means(word: str, rule: str) -> bool:
    """`security.flow_encrypted`, `security`, or a folder such as `policies/security/…`."""
    path = word.rstrip("/").removesuffix(".rego").split("policies/")[-1].split("/")
    return rule in (word, ".".join(path[:2])) or rule.partition(".")[0] in (word, ".".join(path))


def _tests(root: Path, chosen: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for folder in policy_folders(root):
        for name in chosen:
            path = folder / name.replace(".rego", "_test.rego")
            if path.is_file():
                found[name.replace(".rego", "_test.rego")] = path.read_text(encoding="utf-8")
    return found


def _case_folders(root: Path) -> tuple[Path, ...]:
    """The repository's own cases, and those of the shipped rules where there is a source tree."""
    folders = (root / "tests" / "cases", shipped_path("policies").parent / "tests" / "cases")
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))
