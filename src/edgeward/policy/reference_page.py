"""The pages of the reference, for people who read neither Rego nor Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from edgeward.policy.rule import PLACEHOLDER, Reference, Rule

CATEGORIES = {
    "placement": "Where a model may run: time, memory, links, evidence.",
    "security": "Zones and conduits, encryption, identities, and what may leave the plant.",
    "governance": "Who answers, who approves, what is promised and until when.",
    "operations": "Updates, reviewers, labels, buffers, drift, and what protects people.",
    "cloud": "The cloud resources of a plant, before anything of them exists.",
}
_SUBJECTS = {
    "assignment": "device with all that was placed on it",
    "assumption": "assumption",
    "candidate": "use case, on each device and in the cloud",
    "decision": "use case that is ready",
    "device": "device that has a class",
    "flow": "network connection, derived or declared",
    "link": "link and what was placed behind it",
    "price": "price with a date that a chosen place counts on",
    "release": "model on the device where it was placed",
    "resource": "cloud resource",
    "site": "plant",
    "stream": "stream",
    "training_candidate": "use case, trained in the plant or in the cloud",
    "use_case": "use case",
    "used_waiver": "waiver, once everything is judged",
    "waiver": "waiver",
}
_STAGES = {
    "permit": "before anything is placed",
    "assert": "once everything is placed",
    "judge": "when the cloud resources are known",
}


def index_page(rules: Sequence[Rule]) -> str:
    """All rules in one table, and which of them follow which standard."""
    lines = [
        "# The rules",
        "",
        "Generated from the rules themselves by `edgeward policy docs`. A rule says what has to",
        "be true; its title is that sentence. Where it is not, `edgeward check` reports a finding",
        "at the line to change, with the numbers and a way out. A number that nobody knows makes",
        "a finding only where some plausible value of it would break the rule.",
        "",
        "An **error** fails the check, a **warning** does not. The limits are data: a fleet sets",
        "its own in `sites/fleet.yaml` under `thresholds`, and every report names the one it used.",
        "",
    ]
    for category in _categories(rules):
        lines += [f"## [{category}]({category}.md)", "", CATEGORIES.get(category, ""), ""]
        lines += ["| rule | what has to be true | severity | for |", "| --- | --- | --- | --- |"]
        lines += [
            f"| [{rule.id}]({category}.md#{_anchor(rule)}) | {rule.title} "
            f"| {_severity(rule)} | {rule.requirement} |"
            for rule in rules
            if rule.category == category
        ]
        lines.append("")
    return "\n".join((*lines, *_by_standard(rules), ""))


def category_page(category: str, rules: Sequence[Rule], thresholds: Mapping[str, Any]) -> str:
    lines = [f"# Rules: {category}", "", CATEGORIES.get(category, ""), ""]
    lines += [f"Generated from `policies/{category}/`; [all rules](README.md).", ""]
    return "\n".join((*lines, *(line for rule in rules for line in _section(rule, thresholds))))


def _by_standard(rules: Sequence[Rule]) -> list[str]:
    follows: defaultdict[Reference, list[Rule]] = defaultdict(list)
    for rule in rules:
        for reference in rule.related_resources:
            follows[reference].append(rule)
    if not follows:
        return []
    lines = [
        "## By standard",
        "",
        "*Read* means that a text which states the clause was read; *recalled*, that it is from",
        "memory and should be checked against the standard before it is relied on.",
        "",
        "| clause | basis | rules |",
        "| --- | --- | --- |",
    ]
    for reference in sorted(follows, key=lambda each: each.description):
        linked = ", ".join(
            f"[{each.id}]({each.category}.md#{_anchor(each)})" for each in follows[reference]
        )
        lines.append(
            f"| [{reference.description}]({reference.ref}) | {_basis(reference)} | {linked} |"
        )
    return lines


def _section(rule: Rule, thresholds: Mapping[str, Any]) -> list[str]:
    lines = [f"## {rule.id}", "", f"**{rule.title}.** {rule.description}", ""]
    lines += [
        f"- **It says**: {_message(rule, thresholds)}",
        f"- **What to do**: {rule.remediation}",
        f"- **Judged** {_STAGES[rule.stage]}, for each {_SUBJECTS.get(rule.subject, rule.subject)}"
        f"{_condition(rule)}",
        f"- **Severity**: {_severity(rule)}"
        f"{'' if rule.waivable else '; cannot be waived'}. Requirement {rule.requirement}.",
        f"- **Looks at**: {', '.join(f'`{need}`' for need in rule.needs)}",
    ]
    for path in rule.thresholds:
        lines.append(f"- **Limit**: `{path}`, {_value(_at(thresholds, path))} as shipped")
    for reference in rule.related_resources:
        lines.append(
            f"- **Follows** [{reference.description}]({reference.ref}) ({_basis(reference)})"
        )
    return [*lines, ""]


def _message(rule: Rule, thresholds: Mapping[str, Any]) -> str:
    """The message with limits as shipped, and a word in italics where a plant's fact stands."""

    def put(match: Any) -> str:
        name = match[1]
        if name.startswith("thresholds."):
            return _value(_at(thresholds, name.removeprefix("thresholds.")))
        return f"*{name.rpartition('.')[2].replace('_', ' ')}*"

    return PLACEHOLDER.sub(put, rule.message)


def _condition(rule: Rule) -> str:
    wanted = [
        f"`{path}` is {' or '.join(map(_value, values))}"
        for path, values in sorted(rule.applies_when.items())
    ]
    return f", where {' and '.join(wanted)}" if wanted else ""


def _severity(rule: Rule) -> str:
    if rule.error_from is not None:
        return f"{rule.severity}, a warning until {rule.error_from}"
    return rule.severity.value


def _basis(reference: Reference) -> str:
    return "read" if reference.read else "recalled"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _at(thresholds: Mapping[str, Any], path: str) -> Any:
    value: Any = thresholds
    for part in path.split("."):
        value = value[part]
    return value


def _anchor(rule: Rule) -> str:
    return rule.id.replace(".", "")


def _categories(rules: Sequence[Rule]) -> list[str]:
    present = {rule.category for rule in rules}
    known = [each for each in CATEGORIES if each in present]
    return [*known, *sorted(present - set(CATEGORIES))]
