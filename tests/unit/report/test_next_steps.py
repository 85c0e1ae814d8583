from __future__ import annotations

from dataclasses import replace

from edgeward.finding import Finding
from edgeward.report.next_steps import list_next_steps
from edgeward.site import Assumption
from tests.unit.report.outcomes import DECIDED, FINDING


def _steps(*findings: Finding) -> str:
    assert DECIDED.site is not None
    return " ".join(list_next_steps(DECIDED.site, replace(DECIDED, findings=findings), ()))


def _find(remedy: str) -> Finding:
    return replace(FINDING, remedy=remedy, path=remedy)


def test_a_few_remedies_are_told_at_once_each_by_its_first_sentence() -> None:
    steps = _steps(_find("Measure it. Then write it down."), _find("Ask IT."), _find("Ask IT."))
    assert (
        "Settle 3 warnings before it is relied on, listed under Findings. Measure it. Ask IT."
        in steps
    )
    assert "write it down" not in steps


def test_many_remedies_stay_with_their_findings() -> None:
    steps = _steps(*(_find(f"Do {letter}.") for letter in "abcd"))
    assert "Settle 4 warnings before it is relied on, listed under Findings. " in steps
    assert "Do a" not in steps


def test_what_a_waiver_covers_is_not_left_to_settle() -> None:
    assert (
        "Settle"
        not in _steps(replace(FINDING, waiver="use_cases until 2027-01-31")).partition("Before")[0]
    )


def test_what_is_missing_is_named_with_its_key_and_what_to_write() -> None:
    assert "(`regulation.class`: minimal, limited, high or prohibited)" in _steps()


def test_who_may_be_seen_is_asked_where_nobody_has_said_it() -> None:
    assert DECIDED.site is not None
    streams = tuple(replace(each, personal_data=None) for each in DECIDED.site.streams)
    steps = " ".join(list_next_steps(replace(DECIDED.site, streams=streams), DECIDED, ()))
    assert "(`personal_data` of cap-frames: none, pseudonymous or personal)" in steps
    assert "recognised" not in _steps()


def test_a_box_of_which_nobody_knows_whether_it_suffices_is_measured_before_it_is_bought() -> None:
    assert DECIDED.site is not None and DECIDED.decision is not None
    devices = tuple(replace(each, owned=False) for each in DECIDED.site.devices)
    site = replace(DECIDED.site, devices=devices)
    (placement,) = DECIDED.decision.placements
    for rules, says in (
        ((), "Buy line2-gpu, see the hardware list: ipc_gpu_lineside was weighed; `edgeward"),
        (
            ("placement.compute_sustained",),
            "Buy line2-gpu, once the model was measured on one that is lent, see the hardware list",
        ),
    ):
        decided = replace(DECIDED.decision, placements=(replace(placement, stated_rules=rules),))
        assert says in " ".join(list_next_steps(site, replace(DECIDED, decision=decided), ()))


def test_the_owner_settles_and_the_model_is_not_named_twice() -> None:
    at = "use_cases.cap-check.model.name"
    assert DECIDED.site is not None
    site = replace(
        DECIDED.site, assumptions=(Assumption(at, None, None, ("a", "b"), *(None,) * 3),)
    )
    steps = " ".join(list_next_steps(site, DECIDED, ()))
    assert "ml-vision@example.com has to write into its file" in steps
    assert "it has no place in the file: how the shift switches it off, what plc-2 does" in steps
    assert "Choose the model for cap-check" in steps
    assert "which model it is" not in steps


def test_a_class_that_stands_in_is_told_with_the_buying_and_a_zone_with_its_finding() -> None:
    assert DECIDED.site is not None
    devices = tuple(replace(each, owned=False) for each in DECIDED.site.devices)
    assumed = (
        Assumption("devices.line2-gpu.class", None, None, ("ipc_gpu_lineside",), *(None,) * 3),
        Assumption("devices.line2-gpu.zone", None, None, ("line", "plant"), *(None,) * 3),
    )
    site = replace(DECIDED.site, devices=devices, assumptions=assumed)
    steps = " ".join(list_next_steps(site, DECIDED, ()))
    assert "was weighed, standing in until one is chosen; `edgeward explain" in steps
    assert "Choose" not in steps
    site = replace(site, devices=DECIDED.site.devices)
    steps = " ".join(list_next_steps(site, DECIDED, ()))
    assert (
        "Choose the class for line2-gpu; until then ipc_gpu_lineside stands in. `edgeward" in steps
    )
