from __future__ import annotations

from dataclasses import replace

from edgeward.report.text import COLUMNS, render_text
from edgeward.result import RunResult
from tests.unit.report.outcomes import (
    DECIDED,
    EVERY_STATUS,
    INVALID,
    NO_TIER,
    NOT_READY,
    WITH_FINDINGS,
    run_with,
)


def _lines(*plants, verbose=False):
    return render_text(RunResult(plants), verbose).split("\n")


def test_a_decided_plant_says_where_how_and_why():
    assert _lines(DECIDED) == [
        "bottling-brno (Filler line 2): decided",
        "  cap-check → device line2-gpu, training cloud, score and enrich; fallback human",
        "    reason: the only permitted tier",
        "    fragile: with connectivity.rtt_p99_ms at 900: no tier permitted",
        "  sites/bottling-brno/site.yaml:14:9 warning placement.evidence_measured",
        "      measured on this class: no",
        "    fix: Run the model on this class of device under its full load.",
        "  sites/bottling-brno/site.yaml:20:9 warning placement.evidence_measured",
        "      measured on this class: no",
        "  cloud: 3 resources",
        "  edge: 1 bundle, 2 files",
        "  differs from decision.lock.yaml: cap-check: tier is cloud in the lock, device",
        "      now",
        "",
        "1 plant: 1 decided",
    ]


def test_what_only_informs_is_shown_when_asked_for():
    assert "info placement.tier_usual" not in "\n".join(_lines(DECIDED))
    assert "info placement.tier_usual" in "\n".join(_lines(DECIDED, verbose=True))


def test_errors_come_first_and_a_waived_one_stays_visible():
    lines = _lines(WITH_FINDINGS)
    assert lines[0] == "finds: findings"
    found = [line.split()[0].split(":")[1] for line in lines if line.startswith("  sites/")]
    assert found == ["8", "40", "14"]
    assert "(waived: use_cases until 2027-01-31)" in " ".join(" ".join(lines).split())


def test_a_plant_that_is_not_ready_lists_what_is_missing_once_with_its_line():
    assert _lines(NOT_READY) == [
        "vague (Filler line 2): not ready",
        "  cap-check: not ready, 2 things missing",
        "    sites/vague/site.yaml:8:5 use_cases.cap-check.action: the physical action",
        "    sites/vague/site.yaml:8:5 use_cases.cap-check.owner: who owns it",
        "    fix: Run the model on this class of device under its full load.",
        "  cloud: none, nothing has a place",
        "",
        "1 plant: 1 not ready",
    ]


def test_no_tier_names_the_rule_the_numbers_and_the_fix_for_each_tier():
    assert _lines(NO_TIER)[1:-2] == [
        "  cap-check: no tier permitted",
        "    device line2-gpu: blocked",
        "      placement.ram_fits  900 MB of memory needed, 400 MB there",
        "        fix: Take a device with more memory.",
        "    cloud: not known, it depends on connectivity.rtt_p99_ms",
        "    training: blocked",
        "      placement.training_data_may_leave  the data may not leave",
    ]


def test_a_finding_of_a_blocked_use_case_that_says_something_else_stays():
    other = replace(NO_TIER.findings[0], path="use_cases.cap-check.owner", message="no owner")
    assert any("no owner" in line for line in _lines(replace(NO_TIER, findings=(other,))))


def test_the_problems_of_an_invalid_file_name_line_and_path():
    assert _lines(INVALID) == [
        "broken: invalid",
        '  sites/broken/site.yaml:14:9 lan.mbps: write a number, not "fast"',
        "",
        "1 plant: 1 invalid",
    ]


def test_the_summary_counts_every_status():
    assert render_text(EVERY_STATUS).split("\n")[-1] == (
        "5 plants: 1 decided, 1 with findings, 1 not ready, 1 no tier permitted, 1 invalid"
    )


def test_only_a_word_that_cannot_be_broken_exceeds_the_columns():
    text = render_text(run_with(f"many words {'in a row ' * 30} {'x' * 200}"), verbose=True)
    for line in text.split("\n"):
        assert len(line) <= COLUMNS or len(line.split()) == 1


def test_a_terminal_gets_nothing_to_obey():
    text = render_text(run_with("a\x1b[31mred\r\x07\u202eb\nc"))
    assert text.replace("\n", "").isprintable()


def test_what_the_cloud_cannot_learn_from_here_is_told_with_where_it_is_trained():
    site = DECIDED.site
    streams = tuple(replace(each, leaves=None) for each in site.streams)
    inside = replace(DECIDED, site=replace(site, streams=streams))
    said = " training cloud, on examples from elsewhere,"
    assert said in " ".join(_lines(inside))
    assert said not in " ".join(_lines(DECIDED))
