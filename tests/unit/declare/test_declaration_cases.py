"""Every file under tests/cases/declarations: what is accepted, and what is refused in which words.

A refused file begins with one `# expect: line:column path: message` for each problem, in order; a
message may be cut short.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.declare.declaring import CASES, problems_of

ACCEPTED = sorted((CASES / "accept").glob("*.yaml"))
REFUSED = sorted((CASES / "reject").glob("*.yaml"))


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_an_accepted_case_has_no_problem(path: Path) -> None:
    assert [str(each) for each in problems_of(path)] == []


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_refused_case_has_exactly_the_problems_that_it_names(path: Path) -> None:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    expected = [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]
    found = [str(each).partition(":")[2].strip() for each in problems_of(path)]
    assert expected
    assert len(found) == len(expected), found
    for problem, start in zip(found, expected, strict=True):
        assert problem.startswith(start)
