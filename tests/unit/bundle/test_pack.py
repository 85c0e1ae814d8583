"""Packs are checked when they are read, and a template cannot let a value become a directive."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from edgeward.bundle.bundle import render_bundles
from edgeward.bundle.escape import UnsafeValue
from edgeward.bundle.pack import Pack, PackFile, load_packs
from edgeward.bundle.render import render_pack
from edgeward.bundle.reread import Directive, read_directives
from edgeward.errors import InvalidDeclaration, NotEvaluated
from edgeward.shipped import shipped_path
from tests.samples import DECISION, SITE
from tests.unit.bundle.rendering import CATALOG, text_of

SHIPPED = shipped_path("templates")


def _copy(folder: Path, old: str = "", new: str = "") -> Path:
    shutil.copytree(SHIPPED / "nftables", folder / "nftables")
    pack = folder / "nftables" / "pack.yaml"
    pack.write_text(pack.read_text().replace(old, new) if old else pack.read_text())
    return folder


@dataclass(frozen=True)
class _Context:
    word: str


def _render(template: str, word: str = "plain", form: str = "mosquitto") -> str:
    file = PackFile("a.j2", "a", 0o644, form)  # type: ignore[arg-type]
    pack = Pack("test", "", "it", (file,), "", {"a.j2": template}, "sha256:0")
    return render_pack(pack, _Context(word))[0].content.decode()


def test_the_shipped_packs_are_read() -> None:
    names = [pack.name for pack in load_packs(SHIPPED)]
    assert names == sorted(path.parent.name for path in SHIPPED.glob("*/pack.yaml"))
    assert {"mosquitto", "otelcol", "prometheus-rules", "nftables", "systemd", "compose"} <= set(
        names
    )
    assert load_packs(SHIPPED, SHIPPED)[0].digest == load_packs(SHIPPED)[0].digest


def test_a_pack_of_the_repository_replaces_a_shipped_one_that_it_names(tmp_path: Path) -> None:
    same = _copy(tmp_path / "same")
    assert [pack.name for pack in load_packs(SHIPPED, same)] == [
        p.name for p in load_packs(SHIPPED)
    ]
    silent = _copy(tmp_path / "silent", "confirm_seconds: 120", "confirm_seconds: 300")
    with pytest.raises(InvalidDeclaration, match="write replaces: nftables@sha256:") as refused:
        load_packs(SHIPPED, silent)
    wanted = str(refused.value).split("write ")[1].split(",")[0]
    own = _copy(tmp_path / "named", "name: nftables", f"name: nftables\n{wanted}")
    (own / "nftables" / "edgeward.nft.j2").write_text("# ours\n")
    pack = next(pack for pack in load_packs(SHIPPED, own) if pack.name == "nftables")
    assert pack.templates["edgeward.nft.j2"] == "# ours\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("summary:", "sumary:", "sumary"),
        ("settings: {confirm_seconds: 120}", "settings: {confirm_seconds: soon}", "whole number"),
        ('mode: "0640"', "mode: 640", "mode"),
        ("path: etc/", "path: /etc/", "path"),
        ("path: etc/", "path: etc/../../", "path"),
        ("format: nftables", "format: ini", "format"),
        ("edgeward.nft.j2", "missing.j2", "no such file"),
        ("name: nftables", "name: other", "the name of the folder"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(InvalidDeclaration, match=says) as refused:
        load_packs(_copy(tmp_path, old, new))
    assert "templates/nftables/pack.yaml:" in str(refused.value)
    assert refused.value.problems[0].line > 0


def test_a_device_gets_the_packs_of_its_runtime() -> None:
    packs = load_packs(SHIPPED)
    for runtime, own in (
        ("compose", "compose"),
        ("systemd", "systemd"),
        ("greengrass", "greengrass"),
    ):
        suited = {pack.name for pack in packs if pack.suits(runtime)}
        assert own in suited
        assert len(suited & {"compose", "systemd", "greengrass"}) == 1


def test_a_pack_of_the_repository_renders_without_any_python(tmp_path: Path) -> None:
    """The pack that docs/how-to/add-a-pack.md shows: Podman's quadlet."""
    text = (Path(__file__).parents[3] / "docs/how-to/add-a-pack.md").read_text()
    folder = tmp_path / "quadlet"
    folder.mkdir()
    for name in ("pack.yaml", "use_case.container.j2"):
        block = text.split(f"`templates/quadlet/{name}`")[1].split("```")[1]
        (folder / name).write_text(block.partition("\n")[2])
    (bundle,) = render_bundles(SITE, DECISION, CATALOG, load_packs(SHIPPED, tmp_path))
    unit = text_of(bundle, "etc/containers/systemd/edgeward-cap-check.container")
    assert "Image=edgeward/yolo11s:1.0.0" in unit
    assert "quadlet" in [pack["name"] for pack in json.loads(bundle.manifest)["packs"]]


def test_a_misspelt_variable_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(NotEvaluated, match=r"wrod"):
        _render("key {{ it.wrod }}\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ it.__class__.__mro__ }}",
        "{{ '{0.__class__}'.format(it) }}",
        "{% import 'os' as os %}",
        "{{ lipsum(n=100) }}",
        "{{ range(10 ** 9) }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ 10 ** 9 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ it.word.center(9999999999) }}",
        "{{ [1] * 9999999999 }}",
        "{{ 1 / 0 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    ],
)
def test_a_template_reaches_neither_into_python_nor_for_all_memory(hostile: str) -> None:
    with pytest.raises(NotEvaluated, match=r"cannot be rendered: \S"):
        _render(f"key {hostile}\n")


def test_a_template_may_reckon_and_have_macros() -> None:
    text = "{% macro yes() %}{{ 1 }}{% endmacro %}{% if yes() %}key {{ 7 * 3 % 4 }}{% endif %}"
    assert _render(f"{text}.\n") == "key 1.\n"


@pytest.mark.parametrize("word", ["two words", "a\nb", "", "#a", "é", "-flag", "a" * 300])
def test_only_a_plain_word_is_written_without_a_filter(word: str) -> None:
    with pytest.raises(UnsafeValue):
        _render("key {{ it.word }}\n", word)


def test_a_value_at_the_place_of_a_directive_is_noticed() -> None:
    with pytest.raises(NotEvaluated, match="became a directive"):
        _render("{{ it.word }} true\n", "allow_anonymous")
    with pytest.raises(NotEvaluated, match="became a directive"):
        _render("{{ it.word | text }}\n", "allow_anonymous true")
    with pytest.raises(NotEvaluated, match="became a directive"):
        _render("comment {{ it.word | text }};\n", "two words", "nftables")


def test_the_readers_see_what_the_programs_see() -> None:
    assert read_directives("systemd", "[A]\nx=1 \\\ny=2\n;c\n#c\n[B]\nz=\n") == (
        Directive("[A]", "x"),
        Directive("[B]", "z"),
    )
    assert read_directives("mosquitto", "# a\n\nlistener 8883 127.0.0.1\n") == (
        Directive("", "listener", 2),
    )
    nft = (
        'table inet t {\n chain c { type filter; policy drop; tcp dport { 1, 2 } accept }\n} # "\n'
    )
    assert [d.key for d in read_directives("nftables", nft)] == [
        *("table", "chain", "type", "policy", "tcp", "1,", "accept")
    ]
    for form, broken in (("systemd", "x=1\n"), ("nftables", "a { b\n"), ("nftables", "}\n")):
        with pytest.raises(ValueError, match=r"unit file|brace|ends inside"):
            read_directives(form, broken)  # type: ignore[arg-type]


def test_the_metrics_that_alerts_read_are_those_that_the_docs_ask_services_for() -> None:
    rules = SHIPPED / "prometheus-rules" / "rules.yaml.j2"
    guide = Path(__file__).parents[3] / "docs" / "how-to" / "edge-bundle.md"
    rows = "\n".join(line for line in guide.read_text().splitlines() if line.startswith("| `edge"))
    assert _metrics(rules.read_text()) == _metrics(rows)


def _metrics(text: str) -> set[str]:
    return set(re.findall(r"\bedgeward_[a-z]\w+", text))
