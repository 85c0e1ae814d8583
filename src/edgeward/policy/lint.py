"""The rules about the rules, on the syntax tree that `opa parse` gives.

They leave a small language in which a rule cannot pass a subject by looking at nothing: every
reference is to a fact that the rule `needs`, to a threshold or to the library, so what stands
under `not` is there. Each number is used once, in an order comparison or arithmetic: the
condition is monotone in it, and trying both ends of its interval is enough.
What may be called at all is limited by `CAPABILITIES`, which the compiler is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from edgeward.policy.fact_types import fact_types
from edgeward.policy.rule import Rule
from edgeward.policy.sources import is_rule
from edgeward.policy.syntax import (
    Module,
    Node,
    calls,
    head_of,
    is_variable,
    line_of,
    references,
    show,
    static_path,
    walk,
)

CAPABILITIES = frozenset(
    (
        *("assign", "eq", "equal", "neq", "lt", "lte", "gt", "gte"),
        *("plus", "minus", "mul", "div", "internal.member_2"),
    )
)
_NOT_ORDER = frozenset(("assign", "eq", "equal", "neq", "internal.member_2"))
_COMPREHENSIONS = frozenset(("arraycomprehension", "setcomprehension", "objectcomprehension"))
_Fault = tuple[int, str]


def lint_rule(rule: Rule, module: Module) -> list[str]:
    """What is wrong with a rule's file, each as `file:line: what`."""
    faults = {*_misplaced(rule, module), *_bad_numbers(rule, module)}
    for definition in module.rules:
        faults |= {*_bad_head(definition), *_bad_terms(definition)}
        faults |= {*_bad_references(rule, module, definition)}
    return _listed(module, faults)


def lint_library(module: Module) -> list[str]:
    """A library function knows only its arguments, and uses each once."""
    faults = {
        (line_of(reference), f"the library takes arguments, it does not read {show(reference)}")
        for reference in references(module.rules)
        if head_of(reference) in ("data", "input")
    }
    for definition in module.rules:
        names = Counter(n["value"] for n in walk(definition) if isinstance(n, dict) and _is_var(n))
        arguments = [a["value"] for a in definition["head"].get("args", ()) if _is_var(a)]
        for name in arguments:
            if names[name] != 2:
                faults.add((line_of(definition), f"{name} is not used exactly once"))
        if "else" in definition:
            faults.add((line_of(definition), "a library function has one value"))
    return _listed(module, faults)


def lint_names(names: Sequence[str]) -> list[str]:
    """Every file outside the library is `<category>/<rule>/<rule>.rego`."""
    return [
        f"policies/{name}: a rule is a folder: <category>/<rule>/<rule>.rego"
        for name in names
        if not name.startswith("lib/")
        and not (is_rule(name) and name.split("/")[1] == name.split("/")[2].removesuffix(".rego"))
    ]


def lint_cases(rules: Sequence[Rule], cases: Path) -> list[str]:
    """Every rule has at least one case that it accepts and one that it rejects; no case is lost."""
    known = {rule.id for rule in rules}
    faults = []
    for folder in (cases / "accept", cases / "reject"):
        shown = {path.parent.name for path in folder.glob("*/*.yaml")}
        faults += [f"{folder / name}: there is no case" for name in sorted(known - shown)]
        faults += [f"{folder / name}: there is no such rule" for name in sorted(shown - known)]
    return faults


def thresholds_of(module: Module) -> tuple[str, ...]:
    """The paths under `data.thresholds` that a file refers to."""
    found = (static_path(reference) for reference in references(module.rules))
    paths = (path for path in found if path and path[:2] == ["data", "thresholds"])
    return tuple(sorted({".".join(path[2:]) for path in paths}))


def _listed(module: Module, faults: set[_Fault]) -> list[str]:
    return [f"policies/{module.name}:{line}: {what}" for line, what in sorted(faults)]


def _misplaced(rule: Rule, module: Module) -> Iterator[_Fault]:
    if module.package != f"edgeward.{rule.id}":
        yield 1, f"the package is {module.package}, the id {rule.id}"
    if "/".join(module.name.split("/")[:2]) != rule.id.replace(".", "/"):
        yield 1, f"the folder is not the rule's id, {rule.id}"
    if not any(definition["head"]["name"] == "pass" for definition in module.rules):
        yield 1, "the rule does not say what passes"
    for path in module.imports.values():
        if path != ["rego", "v1"] and path[:3] != ["data", "edgeward", "lib"]:
            yield 1, f"{'.'.join(path)} is imported: only the library is"


def _bad_head(definition: Node) -> Iterator[_Fault]:
    head = definition["head"]
    name, rows = head["name"], _row_variables(definition)
    if name in ("pass", "detail"):
        wanted = [[row, "id"] for row in rows]
        keys = [static_path(part) for part in (*head["ref"][1:], head.get("key")) if part]
        if len(rows) != 1 or wanted[0] not in keys:
            yield line_of(definition), f"{name} is for the id of one `some row in input.<subject>`"
    elif not name.startswith("_"):
        yield line_of(definition), f"{name} is neither pass nor detail, nor private with a _"
    if head.get("args"):
        yield line_of(definition), f"{name} is a function: functions are in the library"


def _row_variables(definition: Node) -> list[str]:
    """The variables of `some row in input.<subject>`."""
    return [
        operands[0]["value"]
        for name, _, operands in calls(definition)
        if name == "internal.member_2"
        and _is_var(operands[0])
        and (static_path(operands[1]) or [""])[0] == "input"
    ]


def _bad_terms(definition: Node) -> Iterator[_Fault]:
    rows = set(_row_variables(definition))
    for node in walk(definition):
        if isinstance(node, dict) and node.get("type") in _COMPREHENSIONS:
            yield line_of(node), "a comprehension can be empty and so pass everything"
        if isinstance(node, dict) and "with" in node:
            yield line_of(node), "`with` gives a rule another world"
        if isinstance(node, dict) and "domain" in node:
            yield line_of(definition), "`every` holds of nothing at all"
    for name, node, operands in calls(definition):
        if name != "internal.member_2" and any(is_variable(each, rows) for each in operands):
            yield line_of(node), "the row as a whole is not a fact"


def _bad_references(rule: Rule, module: Module, definition: Node) -> Iterator[_Fault]:
    rows, imports = set(_row_variables(definition)), module.imports
    inputs = [each for each in references(definition) if head_of(each) == "input"]
    if len(inputs) != len(_row_variables(definition)):
        yield line_of(definition), f"the input is seen only as `some row in input.{rule.subject}`"
    for reference in references(definition):
        path, head = static_path(reference), head_of(reference)
        if head in rows:
            if path is None or ".".join(path[1:]) not in {*rule.needs, "id"}:
                yield line_of(reference), f"{show(reference)} is not a fact that the rule needs"
        elif head == "input":
            if path != ["input", rule.subject]:
                yield line_of(reference), f"{show(reference)} is not the subject, {rule.subject}"
        elif head == "data":
            if path is None or path[1:2] != ["thresholds"] or len(path) < 4:
                yield line_of(reference), f"{show(reference)}: of data, thresholds are seen"
        elif path is None or (len(path) > 1 and not _is_known_call(path, imports)):
            yield line_of(reference), f"{show(reference)}: facts are read from the row itself"


def _is_known_call(path: list[str], imports: dict[str, list[str]]) -> bool:
    return ".".join(path) in CAPABILITIES or path[0] in imports


def _bad_numbers(rule: Rule, module: Module) -> Iterator[_Fault]:
    numbers = {path for path in rule.needs if fact_types(rule.subject)[path] == "number"}
    used: Counter[str] = Counter()
    for definition in module.rules:
        if definition["head"]["name"] == "detail":
            continue
        rows = set(_row_variables(definition))
        for reference in references(definition):
            path = _fact(reference, rows)
            used[path] += 1
            if path in numbers and used[path] == 2:
                yield line_of(reference), f"{path} is used twice: its two ends do not decide"
        for name, node, operands in calls(definition):
            below = {_fact(reference, rows) for reference in references(operands)}
            if name in _NOT_ORDER and below & numbers:
                yield line_of(node), "a number is compared by order, and given no other name"
    for path in sorted(set(rule.needs) - set(used)):
        yield 1, f"{path} is needed and decides nothing"


def _fact(reference: Node, rows: set[str]) -> str:
    path = static_path(reference)
    return ".".join(path[1:]) if path and path[0] in rows else ""


def _is_var(node: Node) -> bool:
    return bool(node.get("type") == "var")
