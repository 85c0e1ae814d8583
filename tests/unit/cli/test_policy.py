"""`edgeward policy` on a repository of its own, and what it says of rules that are wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode
from edgeward.policy.opa import find_opa
from tests.fleets import write_fleet
from tests.unit.policy.rego import make_rule

pytestmark = pytest.mark.skipif(find_opa() is None, reason="opa is absent")

OWN = "policies/placement/fits/fits.rego"
FACTS = "facts:\n  latency.bound_ms: {}\n  latency.budget_ms: 60\n"
TEST = """\
package edgeward.placement.fits_test

import rego.v1

import data.edgeward.placement.fits as rule

test_exactly_these_pass if {
	rows := [{"id": "a", "latency": {"bound_ms": 60, "budget_ms": 60}}]
	rule.pass == {"a"} with input as {"candidate": rows}
}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_fleet(tmp_path / "repository")
    _write(root / OWN, make_rule("placement.fits"))
    _write(root / OWN.replace(".rego", "_test.rego"), TEST)
    _write(root / "tests/cases/accept/placement.fits/in_time.yaml", FACTS.format(60))
    _write(root / "tests/cases/reject/placement.fits/late.yaml", FACTS.format(61))
    monkeypatch.chdir(root)
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["edgeward", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_an_own_rule_is_tested_alone(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "policy", "test", "placement.fits") == ExitCode.CLEAN
    said = capsys.readouterr().out
    assert "placement.fits: ok, 2 cases" in said
    assert "ok    accept/placement.fits/in_time: pass" in said


@pytest.mark.parametrize("name", ["placement.fits", OWN, "policies/placement/fits/"])
def test_a_case_that_is_not_as_it_should_be_is_shown_with_both_answers(
    name: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _write(repository / "tests/cases/accept/placement.fits/late_too.yaml", FACTS.format("[50, 70]"))
    assert _run(monkeypatch, "policy", "test", name) == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert "WRONG accept/placement.fits/late_too: unknown, should be pass" in said
    assert "not known: latency.bound_ms" in said


def test_a_rule_without_a_case_is_not_tested(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "tests/cases/reject/placement.fits/late.yaml").unlink()
    assert _run(monkeypatch, "policy", "test", "placement.fits") == ExitCode.FINDINGS
    assert "there is no case in tests/cases/reject/placement.fits/" in capsys.readouterr().out


def test_a_line_that_no_test_reaches_is_named(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / OWN.replace(".rego", "_test.rego")).unlink()
    assert _run(monkeypatch, "policy", "test", "placement.fits") == ExitCode.NOT_EVALUATED
    assert "policies/placement/fits/fits.rego:18: no test reaches it" in capsys.readouterr().err


def test_own_rules_are_listed_documented_and_built_with_the_shipped_ones(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "policy", "list", "--format", "json") == ExitCode.CLEAN
    listed = {each["id"] for each in json.loads(capsys.readouterr().out)}
    assert {"placement.fits", "security.flow_encrypted"} <= listed
    assert _run(monkeypatch, "policy", "build") == ExitCode.CLEAN
    assert "1 of them your own\n  placement.fits" in capsys.readouterr().out
    assert _run(monkeypatch, "policy", "docs", "--check") == ExitCode.STALE
    assert _run(monkeypatch, "policy", "docs") == ExitCode.CLEAN
    assert "## placement.fits" in (repository / "docs/policies/placement.md").read_text()
    assert _run(monkeypatch, "policy", "docs", "--check") == ExitCode.CLEAN


def test_a_new_rule_shows_what_it_does_to_the_fleet(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run([*git, *arguments], cwd=repository, check=True)
    _write(
        repository / "policies/placement/never/never.rego",
        make_rule(
            "placement.never",
            condition="candidate.latency.bound_ms < 0",
            needs="[latency.bound_ms]",
        ),
    )
    code = _run(monkeypatch, "policy", "impact", "--now", "2026-11-23", "--format", "markdown")
    assert code == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert "- new: placement.never" in said
    assert "1 plant: 1 newly failing" in said
    assert "→ no place" in said


BROKEN = {
    "a_syntax_error": (
        make_rule("placement.fits").replace("<=", "<=<="),
        "policies/placement/fits/fits.rego:20: rego_parse_error",
    ),
    "two_rules_with_one_id": (
        make_rule("placement.ram_fits"),
        "policies/placement/fits/fits.rego",
    ),
    "a_fact_that_does_not_exist": (
        make_rule("placement.fits", needs="[latency.bound_ms, latency.budgt_ms]"),
        "needs names what candidate has not: latency.budgt_ms",
    ),
    "a_threshold_that_does_not_exist": (
        make_rule(
            "placement.fits",
            condition="candidate.latency.bound_ms <= data.thresholds.latency.nope",
            needs="[latency.bound_ms]",
        ),
        "no such threshold: latency.nope",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_rule_is_not_evaluated_and_says_where(
    fault: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text, complaint = BROKEN[fault]
    _write(repository / OWN, text)
    assert _run(monkeypatch, "check", "--now", "2026-11-23") == ExitCode.NOT_EVALUATED
    said = capsys.readouterr().err
    assert complaint in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("overrides", "complaint"),
    [
        ("{capacity: {ram_headroom_share: lots}}", "expected a number, got 'lots'"),
        ("{capacity: {ram_headroom: 0.1}}", "no such threshold"),
        ("{no_such_rule: {limit: 1}}", "no such threshold"),
    ],
)
def test_an_override_that_is_none_is_refused(
    overrides: str,
    complaint: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_fleet(repository, fleet=f"thresholds: {overrides}\n")
    assert _run(monkeypatch, "check", "--now", "2026-11-23") == ExitCode.INVALID
    assert complaint in capsys.readouterr().err


def test_ten_megabytes_of_data_are_refused(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "apiVersion: edgeward/v1alpha1\nkind: Thresholds\nname: capacity\n"
    _write(repository / "policies/data/capacity.yaml", head + "# filler\n" * 1_200_000)
    assert _run(monkeypatch, "check", "--now", "2026-11-23") == ExitCode.INVALID
    assert "policies/data/capacity.yaml: is larger than 1 MB" in capsys.readouterr().err


def test_an_unknown_rule_is_asked_back(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "policy", "test", "placement.fit") == ExitCode.INVALID
    assert "did you mean `placement.fits`?" in capsys.readouterr().err
