from __future__ import annotations

from pathlib import Path

import pytest

from edgeward.errors import NotEvaluated
from edgeward.policy.build import compile_rules, write_compiled
from edgeward.policy.compile import main, stale_files
from tests.unit.policy.rego import CONDITION, make_rule

NAME = "placement/fits/fits.rego"
LINE = 20  # of the first condition


def _compile(text: str, opa: Path) -> None:
    compile_rules({NAME: text}, opa)


def test_a_mistyped_fact_does_not_compile_and_is_shown(opa: Path) -> None:
    text = make_rule("placement.fits", condition="candidate.latency.bond_ms <= 5")
    with pytest.raises(NotEvaluated, match=f"policies/{NAME}:{LINE}: rego_type_error") as error:
        _compile(text, opa)
    assert "bond_ms" in str(error.value)


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("time.now_ns() > 1", "undefined function time.now_ns"),
        ('http.send({"method": "get", "url": "x"}).status_code == 200', "undefined function"),
        ('opa.runtime().env.HOME == "x"', "undefined function opa.runtime"),
        ("rand.intn(candidate.id, 2) == 1", "undefined function rand.intn"),
        ("count([1 | candidate.memory.needed_mb > 1]) == 0", "undefined function count"),
    ],
)
def test_what_reaches_outside_does_not_compile(condition: str, complaint: str, opa: Path) -> None:
    with pytest.raises(NotEvaluated, match=complaint):
        _compile(make_rule("placement.fits", condition=condition), opa)


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("not candidate.memory.needed_mb > 5", "candidate.memory.needed_mb is not a fact"),
        ("not candidate.latency", "candidate.latency is not a fact"),
        ("{1 | candidate.latency.bound_ms > 1} == set()", "a comprehension can be empty"),
        ("every other in input.candidate { other.id }", "`every` holds of nothing"),
        ("some other in input.candidate\n\tother.id == candidate.id", "the id of one `some row"),
        ("every_row := input.candidate\n\tevery_row", "the input is seen only as"),
        ("all := input\n\tall", "the input is seen only as"),
        ("row := candidate\n\trow.latency", "the row as a whole is not a fact"),
        ('key := "latency"\n\tcandidate[key]', "is not a fact that the rule needs"),
        ("data.plants.brno", "data.plants.brno: of data, thresholds"),
        ("candidate.latency.bound_ms > 1", "latency.bound_ms is used twice"),
        ("bound := candidate.latency.bound_ms\n\tbound > 1", "given no other name"),
        ("some bound in [candidate.latency.bound_ms]\n\tbound > 1", "given no other name"),
        ("candidate.latency.bound_ms == 5", "compared by order"),
        ('input.candidate[0].id with input as {"candidate": []}', "`with` gives a rule another"),
    ],
)
def test_what_could_pass_by_looking_at_nothing_is_refused(
    condition: str, complaint: str, opa: Path
) -> None:
    text = make_rule("placement.fits", condition=f"{CONDITION}\n{condition}")
    with pytest.raises(NotEvaluated, match=complaint) as error:
        _compile(text, opa)
    assert f"policies/{NAME}:" in str(error.value)


def test_a_need_that_decides_nothing_is_refused(opa: Path) -> None:
    text = make_rule("placement.fits", needs="[latency.bound_ms, latency.budget_ms, tier]")
    with pytest.raises(NotEvaluated, match="tier is needed and decides nothing"):
        _compile(text, opa)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("package edgeward.placement.fits", "package edgeward.placement.fit", "the package is"),
        ("id: placement.fits", "id: placement.fit", "the folder is not the rule's id"),
        ("pass contains", "permitted contains", "does not say what passes"),
        ("pass contains candidate.id", 'pass contains "0"', "for the id of one"),
        (
            "import rego.v1",
            "import rego.v1\nimport data.plants\n_here := plants",
            "plants is imported",
        ),
    ],
)
def test_a_rule_is_where_and_what_its_id_says(
    old: str, new: str, complaint: str, opa: Path
) -> None:
    with pytest.raises(NotEvaluated, match=complaint):
        _compile(make_rule("placement.fits").replace(old, new), opa)


def test_two_rules_with_one_id_are_refused(opa: Path) -> None:
    text = make_rule("placement.fits")
    with pytest.raises(NotEvaluated, match=r"the id placement\.fits is used twice"):
        other = text.replace("package edgeward.placement.fits", "package edgeward.placement.suits")
        compile_rules({NAME: text, "placement/suits/suits.rego": other}, opa)


def test_a_file_that_is_no_rules_folder_is_refused(opa: Path) -> None:
    with pytest.raises(NotEvaluated, match="a rule is a folder"):
        compile_rules({NAME: make_rule("placement.fits"), "loose.rego": "package loose\n"}, opa)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("f(x) := x * data.thresholds.a.b", "does not read data.thresholds.a.b"),
        ("f(x) := x * (1 - x)", "x is not used exactly once"),
        ("f(x) := 1 if { x > 1 } else := 2", "has one value"),
    ],
)
def test_a_library_function_knows_its_arguments_only(body: str, complaint: str, opa: Path) -> None:
    library = f"package edgeward.lib.f\n\nimport rego.v1\n\n{body}\n"
    with pytest.raises(NotEvaluated, match=complaint):
        compile_rules({NAME: make_rule("placement.fits"), "lib/f/f.rego": library}, opa)


def test_the_words_of_a_rule_name_only_thresholds_that_it_compares(opa: Path) -> None:
    text = make_rule("placement.fits", message='"at most {thresholds.capacity.utilisation_max}"')
    with pytest.raises(NotEvaluated, match=r"message names .*thresholds\.capacity"):
        _compile(text, opa)


def test_the_same_sources_give_the_same_bytes(opa: Path) -> None:
    sources = {NAME: make_rule("placement.fits")}
    assert compile_rules(sources, opa) == compile_rules(sources, opa)


def test_a_module_and_its_digest_tampered_with_together_are_found(
    opa: Path, tmp_path: Path
) -> None:
    honest = compile_rules({NAME: make_rule("placement.fits")}, opa)
    lax = make_rule("placement.fits").replace("<=", ">=")
    write_compiled(compile_rules({NAME: lax}, opa), tmp_path)
    assert stale_files(honest, tmp_path) == ["manifest.json", "placement.wasm"]
    write_compiled(honest, tmp_path)
    assert stale_files(honest, tmp_path) == []


def test_the_committed_modules_are_what_the_rules_compile_to(opa: Path) -> None:
    assert main(["--check"]) == 0
