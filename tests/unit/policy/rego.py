"""Rule files for tests that need one that is not shipped."""

from __future__ import annotations

CONDITION = "candidate.latency.bound_ms <= candidate.latency.budget_ms"
NEEDS = "[latency.bound_ms, latency.budget_ms]"


def make_rule(name: str, *, condition: str = CONDITION, needs: str = NEEDS, **others: str) -> str:
    """The text of a rule on candidates; `others` are further lines of `custom`, or replace one."""
    custom = {
        "id": name,
        "stage": "permit",
        "subject": "candidate",
        "severity": "error",
        "requirement": "R1",
        "needs": needs,
        "at": "use_cases.{use_case}",
        "message": "Too late.",
        "remediation": "Change it.",
        **others,
    }
    lines = "\n".join(f"#   {key}: {value}" for key, value in custom.items())
    body = condition.replace("\n", "\n\t")
    return (
        f"# METADATA\n# title: A rule\n# description: For a test.\n# custom:\n{lines}\n"
        f"package edgeward.{name}\n\nimport rego.v1\n\n"
        f"pass contains candidate.id if {{\n\tsome candidate in input.candidate\n\t{body}\n}}\n"
    )
