"""A chain of models adds up what was measured of each, unless it was measured as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edgeward.catalog import Artifact, Model, ModelTraining, Run
from edgeward.declare.chain import with_chains
from edgeward.declare.workspace import load_workspace
from edgeward.facts.host import Host, list_hosts, make_job
from edgeward.facts.latency import weigh_latency
from edgeward.facts.run import find_run
from edgeward.quantity import Quantity, between, exact, unknown
from edgeward.use_case import ModelReference
from tests.samples import SITE

_UNKNOWN = unknown("nobody")


def _run(name: str, ms: Quantity, precision: str = "int8", soak: float = 60) -> Run:
    return Run(
        class_name=name,
        runtime=None,
        precision=precision,
        p50_ms=ms,
        p99_ms=ms.scaled(2),
        preprocess_ms=exact(1),
        peak_ram_mb=exact(300),
        accelerator_mb=exact(100),
        soak_minutes=exact(soak),
        energy_uj=exact(5),
    )


def _model(name: str, *runs: Run, chain: tuple[str, ...] = ()) -> Model:
    return Model(
        name=name,
        version="1",
        title=name,
        artifacts=() if chain else (Artifact("int8", exact(10)), Artifact(name, exact(3))),
        runs=runs,
        training=ModelTraining(_UNKNOWN, _UNKNOWN) if chain else ModelTraining(exact(4), exact(2)),
        chain=chain,
    )


_DETECTOR = _model(
    "detector", _run("box", exact(10), soak=30), _run("board", exact(90)), _run("x", exact(5))
)
_CLASSIFIER = _model("classifier", _run("box", between(4, 6, "p")), _run("board", exact(40)))


def _chain(*runs: Run) -> Model:
    chain = _model("both", *runs, chain=("detector", "classifier"))
    return with_chains({each.name: each for each in (_DETECTOR, _CLASSIFIER, chain)})["both"]


def test_time_memory_and_energy_add_up_and_the_shortest_soak_counts() -> None:
    run = next(each for each in _chain().runs if each.class_name == "box")
    assert (run.p50_ms.low, run.p50_ms.high) == (14, 16)
    assert (run.p99_ms.low, run.p99_ms.high) == (28, 32)
    assert run.preprocess_ms == exact(2)
    assert (run.peak_ram_mb, run.accelerator_mb) == (exact(600), exact(200))
    assert (run.soak_minutes, run.energy_uj) == (exact(30), exact(10))
    assert run.sum_of == ("detector", "classifier")


def test_a_setting_that_one_of_them_lacks_has_no_run() -> None:
    assert {each.class_name for each in _chain().runs} == {"box", "board"}


def test_a_run_that_does_not_say_its_setting_may_stand_in_any_and_the_chain_says_it() -> None:
    warm = replace(_run("box", exact(7)), power_mode="15w", ambient_c=exact(45))
    hot = replace(_run("box", exact(9)), power_mode="15w", ambient_c=exact(60))
    cool = replace(_run("box", exact(3)), power_mode="30w", ambient_c=exact(45))
    plain = replace(_run("box", exact(10)), runtime="tensorrt")
    pair = _model("pair", chain=("plain", "set"))
    models = {"plain": _model("plain", plain), "set": _model("set", warm, hot, cool), "pair": pair}
    found = {
        (run.runtime, run.power_mode, run.ambient_c): run.p50_ms.low
        for run in with_chains(models)["pair"].runs
    }
    assert found == {
        ("tensorrt", "15w", exact(45)): 17,
        ("tensorrt", "15w", exact(60)): 19,
        ("tensorrt", "30w", exact(45)): 13,
    }


def test_the_artifact_is_as_large_as_all_in_a_precision_that_all_come_in() -> None:
    assert _chain().artifacts == (Artifact("int8", exact(20)),)
    assert _chain().training.data_gb == exact(8)


def test_what_was_measured_as_one_counts_first() -> None:
    whole = _run("box", exact(11))
    runs = {each.class_name: each for each in _chain(whole).runs}
    assert runs["box"] == whole
    assert runs["board"].p50_ms == exact(130)


def test_each_model_of_a_chain_may_be_late_by_itself() -> None:
    catalog = load_workspace(Path(__file__).parents[3]).catalog
    host = next(each for each in list_hosts(SITE, catalog) if each.device is not None)
    assert host.device is not None and host.device_class is not None
    named = {each.name: each for each in (_DETECTOR, _CLASSIFIER, _chain())}
    for name, share in (("detector", 0.01), ("both", 0.02)):
        use_case = replace(SITE.use_cases[0], model=ModelReference(name, "1", "int8"))
        job = make_job(SITE, use_case, replace(catalog, models=named))
        box = Host(host.tier, host.name, host.device, replace(host.device_class, name="box"))
        ledger, _ = weigh_latency(job, box, find_run(job, box), (), catalog)
        (term,) = [each for each in ledger.terms if each.name == "inference"]
        assert term.misses == exact(share)
    assert term.note == "detector, then classifier"


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ("[yolo11n, yolo11z]", "no model of the catalog is called `yolo11z`"),
        ("[yolo11n, first]", "`first` is a chain itself"),
    ],
)
def test_a_stage_is_a_model_of_the_catalog(tmp_path: Path, chain: str, words: str) -> None:
    folder = tmp_path / "sites" / "catalog" / "models"
    folder.mkdir(parents=True)
    head = 'apiVersion: edgeward/v1alpha1\nkind: Model\nversion: "1"\n'
    (folder / "first.yaml").write_text(f"{head}name: first\nchain: [yolo11n, yolo11s]\n")
    assert load_workspace(tmp_path).problems == ()
    (folder / "second.yaml").write_text(f"{head}name: second\nchain: {chain}\n")
    (problem,) = load_workspace(tmp_path).problems
    assert words in problem.message
    assert problem.line == 5
