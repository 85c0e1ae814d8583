"""What a plant accepts for a time: which findings its waivers cover, and for how long still."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from edgeward.facts.governance import waiver_id
from edgeward.finding import Finding
from edgeward.policy.rule import Rule
from edgeward.site import Site, Waiver
from edgeward.subjects import UsedWaiver


def apply_waivers(
    site: Site, findings: Iterable[Finding], rules: Mapping[str, Rule], today: date
) -> tuple[Finding, ...]:
    """The findings, those that a waiver in date covers marked with it; none is hidden."""
    return tuple(_waived(each, site, rules, today) for each in findings)


def used_waivers(
    site: Site, findings: Sequence[Finding], not_judged: Collection[str]
) -> tuple[UsedWaiver, ...]:
    """Whether each waiver covers one of the findings; `not_judged` are rules of other stages."""
    return tuple(
        UsedWaiver(
            id=waiver_id(waiver),
            waiver=f"waivers.{waiver.at}",
            covers=any(_covers(waiver, each) for each in findings),
        )
        for waiver in site.waivers
        if waiver.rule not in not_judged
    )


def _waived(finding: Finding, site: Site, rules: Mapping[str, Rule], today: date) -> Finding:
    rule = rules.get(finding.rule)
    if rule is None or not rule.waivable:
        return finding
    for waiver in site.waivers:
        days = _days_left(waiver, today)
        if _covers(waiver, finding) and days is not None and days >= 0:
            left = "1 day left" if days == 1 else f"{days} days left"
            return replace(finding, waiver=f"{waiver.at} until {waiver.expires}, {left}")
    return finding


def _covers(waiver: Waiver, finding: Finding) -> bool:
    within = finding.path == waiver.at or finding.path.startswith(f"{waiver.at}.")
    return waiver.rule == finding.rule and within


def _days_left(waiver: Waiver, today: date) -> int | None:
    return None if waiver.expires is None else (date.fromisoformat(waiver.expires) - today).days
