"""The rules' own tests: run by OPA, checked and formatted like the rules, every line covered."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from edgeward.errors import NotEvaluated
from edgeward.policy.build import CHECK, stage_sources
from edgeward.policy.opa import run_opa


def run_rego_tests(texts: Mapping[str, str], opa: Path) -> int:
    """Run the tests among the files, by their path under `policies`; how many there were.

    Raises NotEvaluated where one fails, where a file is not as `opa fmt` would write it, or where
    a line of a rule or of the library is not reached by any test.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage_sources(texts, folder, opa)
        run_opa(opa, *CHECK, "policies", folder=folder)
        unformatted = run_opa(opa, "fmt", "--list", "policies", folder=folder).split()
        if unformatted:
            raise NotEvaluated(f"not formatted by `opa fmt`: {', '.join(sorted(unformatted))}")
        results = json.loads(run_opa(opa, "test", "--format", "json", "policies", folder=folder))
        report = run_opa(opa, "test", "--coverage", "--format", "json", "policies", folder=folder)
    missed = _uncovered(json.loads(report), texts)
    if missed:
        raise NotEvaluated("\n".join(missed))
    return len(results)


def _uncovered(report: Mapping[str, object], texts: Mapping[str, str]) -> list[str]:
    """Lines that no test reaches, as `file:line`; a file that no test loads is one line of them."""
    files = report["files"]
    assert isinstance(files, dict)
    found = []
    for name in texts:
        if name.endswith("_test.rego"):
            continue
        covered = files.get(f"policies/{name}")
        gaps = [{"start": {"row": 1}}] if covered is None else covered.get("not_covered", ())
        found += [f"policies/{name}:{gap['start']['row']}: no test reaches it" for gap in gaps]
    return found
