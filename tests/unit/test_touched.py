"""What a change does not touch is told as before: the changed-only run equals the full run."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.cli.main import edgeward
from edgeward.declare.workspace import load_workspace
from edgeward.errors import UsageError
from edgeward.fleet_check import Check, check_afresh
from edgeward.session import open_session
from edgeward.touched import chunks, touched_plants
from tests.fleets import BOX, NET, PLANT, write_fleet

TODAY = date(2026, 11, 23)
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
REGIONS = ("eu-central-1", "us-east-1", "eu-west-1")
HEAD = "apiVersion: edgeward/v1alpha1\nkind: {}\nname: {}\n"
ITEMS = ("s3_standard_storage", "iot_core_messaging", "s3_put_requests", "of_nobody")


def commit(root: Path) -> None:
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run([*GIT, *arguments], cwd=root, check=True)


def write(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text)


def price_list(region: str, *usd: float) -> str:
    """Prices of the first items, one for each number."""
    figure = 'usd: {{value: {}, basis: seen, source: us, date: "2026-10-01"}}'
    lines = "".join(
        f"  - {{item: {item}, unit: GB, {figure.format(each)}}}\n"
        for item, each in zip(ITEMS, usd, strict=False)
    )
    head = HEAD.format("PriceList", f"own-{region}")
    return f"{head}region: {region}\ncurrency: USD\nprices:\n{lines}"


def write_plant(root: Path, number: int) -> None:
    """In one of three regions, with one of two models and classes; the fourth uses a template."""
    text = PLANT.replace("name: plant\n", f"name: plant-{number}\n", 1)
    text = text.replace("eu-central-1", REGIONS[number % 3])
    if number % 2:
        text = text.replace("model: {name: net}", "model: {name: other}")
        text = text.replace("class: box,", "class: crate,").replace("finance:", "# finance:")
    if number == 4:
        text = text.replace("    criticality: quality\n", "    like: usual\n")
    write(root, f"sites/plant-{number}/site.yaml", text)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_fleet(tmp_path_factory.mktemp("fleet"))
    (root / "sites" / "plant" / "site.yaml").unlink()
    (root / "sites" / "plant").rmdir()
    for number in range(6):
        write_plant(root, number)
    write(root, "sites/catalog/models/other.yaml", NET.replace("name: net", "name: other"))
    write(root, "sites/catalog/device_classes/crate.yaml", BOX.replace("name: box", "name: crate"))
    usual = f"{HEAD.format('UseCaseTemplate', 'usual')}criticality: quality\n"
    write(root, "sites/catalog/use_cases/usual.yaml", usual)
    write(root, "sites/catalog/prices/own-eu-central-1.yaml", price_list("eu-central-1", 0.02, 1.1))
    write(root, "sites/catalog/prices/own-eu-west-1.yaml", price_list("eu-west-1", 0.03, 1.2, 0.1))
    write(root, "CODEOWNERS", "* @acme/all\n")
    write(root, "README.md", "# A fleet\n")
    commit(root)
    return root


Edit = Callable[[Path, random.Random], None]


def _figure(file: str, old: str, new: str, low: int, high: int) -> Edit:
    def edit(root: Path, choose: random.Random) -> None:
        text = (root / file).read_text()
        assert old in text, (file, old)
        write(root, file, text.replace(old, new.format(choose.randint(low, high)), 1))

    return edit


def _plant(root: Path, choose: random.Random) -> None:
    old, new = choose.choice(
        [
            ("budget_ms: 5000", f"budget_ms: {choose.randint(5, 9000)}"),
            ("uplink_mbps: 100", f"uplink_mbps: {choose.randint(1, 200)}"),
            ("level: 3", f"level: {choose.randint(0, 5)}"),
            ("kb: 100\n", f"kb: {choose.randint(1, 9000)}\n"),
            ("authority: advises", "authority: actuates"),
            ("name: check\n", "name: another\n"),
            ("apiVersion", "# a comment\napiVersion"),
            ("kind: Site", "kind: Sight"),
        ]
    )
    _figure(f"sites/plant-{choose.randint(0, 5)}/site.yaml", old, new, 0, 0)(root, choose)


def _prices(root: Path, choose: random.Random) -> None:
    region = choose.choice(("eu-central-1", "eu-west-1", "ap-south-1"))
    count = choose.randint(1, len(ITEMS))
    usd = [round(choose.random(), 3) for _ in range(count)]
    write(root, f"sites/catalog/prices/own-{region}.yaml", price_list(region, *usd))


def _remove_prices(root: Path, choose: random.Random) -> None:
    (
        root / f"sites/catalog/prices/own-{choose.choice(('eu-central-1', 'eu-west-1'))}.yaml"
    ).unlink()


def _fleet_file(root: Path, choose: random.Random) -> None:
    text = choose.choice(
        [
            "approvers: [boss@example.com]\n",
            f"defaults: {{timezone: UTC, lan: {{rtt_p99_ms: {choose.randint(1, 99)}}}}}\n",
            f"thresholds: {{security: {{retention_days_max: {choose.randint(1, 60)}}}}}\n",
        ]
    )
    write(root, "sites/fleet.yaml", HEAD.format("Fleet", "fleet") + text)


def _plants(root: Path, choose: random.Random) -> None:
    number = choose.randint(0, 5)
    what = choose.randrange(3)
    folder = root / "sites" / f"plant-{number}"
    if what == 0:
        write_plant(root, number + 10)
    elif what == 1:
        (folder / "site.yaml").unlink()
    else:
        folder.rename(root / "sites" / f"renamed-{number}")


def _nothing(root: Path, choose: random.Random) -> None:
    file = choose.choice(["README.md", "sites/plant-1/notes.md", "policies/README.md"])
    write(root, file, f"{choose.random()}\n")


def _lock(root: Path, choose: random.Random) -> None:
    """Damaged, in conflict, or of another plant's decision."""
    text = choose.choice(["", "<<<<<<< a\n=======\n>>>>>>> b\n", HEAD.format("Lock", "x")])
    write(root, f"sites/plant-{choose.randint(0, 5)}/decision.lock.yaml", text)


def _new_entry(root: Path, choose: random.Random) -> None:
    """What no plant, one plant or every plant may come to depend on."""
    name = f"own-{choose.randint(1, 9)}"
    value = f"value: {choose.randint(1, 9)}, low: 1, high: 9, basis: assumed"
    file, text = choose.choice(
        [
            ("models", NET.replace("name: net", f"name: {name}")),
            ("device_classes", BOX.replace("name: box", f"name: {name}")),
            ("use_cases", HEAD.format("UseCaseTemplate", name) + "criticality: safety\n"),
            ("ranges", HEAD.format("Ranges", name) + f"ranges: {{own: {{{value}}}}}\n"),
            ("changes", HEAD.format("ChangeMenu", name) + "title: Ours\nchanges: []\n"),
        ]
    )
    write(root, f"sites/catalog/{file}/{name}.yaml", text)


def _template(root: Path, choose: random.Random) -> None:
    """A use-case template that names a model, which plants then depend on by it."""
    model = choose.choice(["net", "other"])
    text = (
        f"{HEAD.format('UseCaseTemplate', 'usual')}criticality: quality\nmodel: {{name: {model}}}\n"
    )
    write(root, "sites/catalog/use_cases/usual.yaml", text)
    _figure("sites/catalog/models/other.yaml", "mb: 12", "mb: {}", 1, 99)(root, choose)


EDITS: tuple[Edit, ...] = (
    *(_plant, _plant, _prices, _prices, _remove_prices, _fleet_file, _plants, _nothing),
    *(_lock, _new_entry, _new_entry, _template),
    _figure("sites/catalog/models/net.yaml", "p50_ms: 5", "p50_ms: {}", 1, 8),
    _figure("sites/catalog/models/other.yaml", "peak_ram_mb: 600", "peak_ram_mb: {}", 1, 30000),
    _figure("sites/catalog/models/other.yaml", "version: 1.0.0", "version: 1.0.{}", 1, 9),
    _figure("sites/catalog/device_classes/box.yaml", "price_usd: 1000", "price_usd: {}", 1, 9000),
    _figure("sites/catalog/device_classes/crate.yaml", "host: linux", "host: mcu # {}", 1, 9),
    _figure("sites/catalog/use_cases/usual.yaml", "quality", "production # {}", 1, 9),
    _figure("CODEOWNERS", "@acme/all", "@acme/team-{}", 1, 9),
)


def _tell(root: Path) -> dict[str, str] | None:
    session = open_session(root, TODAY)
    plants = session.workspace.plants
    check = Check(root, TODAY, "json", verbose=True, frame="")
    return {each.name: each.text for each in check_afresh(session, plants, check)}


def _restore(root: Path) -> None:
    for arguments in (("checkout", "-q", "."), ("clean", "-qfdx")):
        subprocess.run([*GIT, *arguments], cwd=root, check=True)


def _try_edits(root: Path, seeds: Iterator[int]) -> list[int]:
    """Edit, compare, restore; of how many plants each edit was said to touch."""
    before = _tell(root)
    assert before is not None
    sizes = []
    for seed in seeds:
        choose = random.Random(seed)
        edit = EDITS[seed % len(EDITS)]
        try:
            edit(root, choose)
            touched = set(touched_plants(load_workspace(root), "HEAD"))
            after = _tell(root)
            untouched = after.keys() - touched
            wrong = [name for name in untouched if after[name] != before.get(name)]
            assert not wrong, (seed, edit, wrong)
            sizes.append(len(touched))
        finally:
            _restore(root)
    return sizes


def test_the_changed_only_run_equals_the_full_run(fleet: Path) -> None:
    sizes = _try_edits(fleet, iter(range(len(EDITS))))
    assert {0, 1, 3, 6} <= set(sizes), "an edit touches none, one, those that depend on it, or all"


@pytest.mark.soak
def test_the_changed_only_run_equals_the_full_run_on_500_edits(fleet: Path) -> None:
    assert len(_try_edits(fleet, iter(range(100, 600)))) == 500


@pytest.mark.parametrize(
    ("file", "touched"),
    [
        ("sites/catalog/models/net.yaml", "024"),
        ("sites/catalog/use_cases/usual.yaml", "4"),
        ("sites/catalog/prices/own-eu-west-1.yaml", ""),
        ("sites/catalog/ranges/own.yaml", "012345"),
        ("policies/data/own.yaml", "012345"),
        ("policies/security/own/own_test.rego", ""),
        ("sites/plant-2/decision.lock.yaml", "2"),
        ("sites/plant-2/README.md", ""),
        ("sites/plant-2/identities/box.csr", "2"),
        ("stacks/config/Pulumi.plant-2.yaml", "2"),
        ("templates/own/pack.yaml", "012345"),
    ],
)
def test_a_file_touches_those_that_depend_on_it(fleet: Path, file: str, touched: str) -> None:
    workspace = load_workspace(fleet)
    try:
        path = fleet / file
        write(fleet, file, (path.read_text() if path.is_file() else "") + "# more\n")
        assert touched_plants(workspace, "HEAD") == tuple(f"plant-{each}" for each in touched)
    finally:
        _restore(fleet)


def test_a_price_touches_the_plants_of_its_region(fleet: Path) -> None:
    file = "sites/catalog/prices/own-eu-west-1.yaml"
    try:
        write(fleet, file, (fleet / file).read_text().replace("1.2", "1.3"))
        assert touched_plants(load_workspace(fleet), "HEAD") == ("plant-2", "plant-5")
    finally:
        _restore(fleet)


def test_a_file_with_escapes_may_name_anything(fleet: Path) -> None:
    workspace = load_workspace(fleet)
    site = "sites/plant-1/site.yaml"
    try:
        write(fleet, site, (fleet / site).read_text().replace("{name: other}", '{name: "n\\x65t"}'))
        subprocess.run([*GIT, "commit", "-qam", "escape"], cwd=fleet, check=True)
        write(fleet, "sites/catalog/models/net.yaml", NET + "# more\n")
        assert "plant-1" in touched_plants(workspace, "HEAD")
    finally:
        subprocess.run([*GIT, "reset", "-q", "--hard", "HEAD~1"], cwd=fleet, check=True)


def test_verbs_take_only_what_is_touched(
    fleet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(fleet)

    def run(*arguments: str) -> str:
        edgeward.main(list(arguments), standalone_mode=False)
        return capsys.readouterr().out

    assert run("plants").split() == [f"plant-{number}" for number in range(6)]
    assert run("check", "--changed-since", "HEAD") == "0 plants\n"
    try:
        write(fleet, "sites/plant-1/decision.lock.yaml", "kind: x\n")
        assert run("plants", "--changed-since", "HEAD") == "plant-1\n"
        assert run("plants", "--changed-since", "HEAD", "--format", "matrix") == (
            '{"plants": ["plant-1"]}\n'
        )
        assert "1 plant:" in run("check", "--changed-since", "HEAD")
        assert run("check", "plant-2", "--changed-since", "HEAD") == "0 plants\n"
        with pytest.raises(UsageError, match="git knows no such"):
            run("check", "--changed-since", "nothing")
    finally:
        _restore(fleet)


@given(st.lists(st.text(), max_size=600), st.integers(1, 256))
def test_groups_hold_every_name_once_and_are_of_about_the_same_size(
    names: list[str], most: int
) -> None:
    groups = list(chunks(names, most))
    assert [name for group in groups for name in group] == names
    assert len(groups) == min(most, len(names))
    sizes = [len(group) for group in groups]
    assert not sizes or max(sizes) - min(sizes) <= 1
