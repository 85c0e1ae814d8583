"""A plant that needs every component, through its life with the real CLI."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.fleets import write_whole
from tests.real.pulumi_cli import ROOT, SECRETS, Answer, Workplace, copy_workplace, told

WHOLE = "plant"
UP = ("--yes", "--skip-preview")
ALOUD = ("-v=9", "--logtostderr", "--debug")
KINDS = ("state/.pulumi/stacks", "decision.lock", "logs/", "box.tar", "made-cache/", "index.html")
SETTING = "canary-of-the-setting"
_KEY = Ed25519PrivateKey.generate()
PEM = _KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PINNED = Path(__file__).with_name("urns.txt")
"""A changed URN is a resource that is deleted and made again, in every plant."""
FORMERLY = re.compile(r'"edgeward:cloud:(\w+)", name, None, opts\)')
RENAMED = r""""edgeward:renamed:\1", name, None, pulumi.ResourceOptions.merge(opts,
    pulumi.ResourceOptions(aliases=[
        pulumi.Alias(type_="edgeward:cloud:\1", name=name.replace("records", "landing"))])))"""
COMPONENTS = {
    file.stem
    for file in (ROOT / "stacks" / "edgeward_stacks").glob("*.py")
    if "ComponentResource)" in file.read_text(encoding="utf-8")
} - {"platform"}


@pytest.fixture(scope="module")
def whole(decided: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Made once; each test leaves it as it found it, except the last."""
    workplace = copy_workplace(decided, tmp_path_factory.mktemp("whole"))
    write_whole(workplace.repository)
    workplace.edgeward("decide", WHOLE)
    workplace.init(WHOLE)
    workplace.pulumi("config", "set", "--secret", "-s", WHOLE, "edgeward:own", SETTING)
    _keep_log(workplace, workplace.pulumi("up", "-s", WHOLE, *UP, *ALOUD))
    return workplace


def test_it_has_every_component_and_a_second_up_changes_nothing(whole: Workplace) -> None:
    shown = json.loads(whole.edgeward("preview", WHOLE, "--format", "json").stdout)[0]
    made = {r["type"].rpartition(":")[2].lower() for r in shown["resources"] if not r["custom"]}
    assert made - {"stack"} == COMPONENTS
    assert sorted(r["urn"] for r in shown["resources"]) == PINNED.read_text().splitlines()
    custom = [r for r in shown["resources"] if r["type"].startswith("aws:")]
    assert len(whole.cloud()) == len(custom)
    whole.pulumi("up", "-s", WHOLE, *UP, "--expect-no-changes")


def test_no_secret_is_in_a_state_lock_log_or_bundle(whole: Workplace) -> None:
    key = whole.folder.parent / f"{whole.folder.name}.pem"
    key.write_text(PEM)
    stray = whole.site(WHOLE) / "identities" / "plant--box.key"
    stray.write_text(PEM)
    refused = whole.edgeward("preview", WHOLE)
    assert "holds a private key; take it out of git" in told(refused)
    stray.unlink()
    _keep_log(whole, refused)
    made = str(whole.folder / "made")
    for verb in (("render", "--key", str(key)), ("build",)):
        command = (*verb, WHOLE, "--out", f"{made}-{verb[0]}")
        _keep_log(whole, whole.edgeward(*command, XDG_CACHE_HOME=f"{made}-cache"))
    own = whole.pulumi("config", "get", "-s", WHOLE, "edgeward:own")
    assert own.stdout.strip() == SETTING

    kept = {file: file.read_bytes() for file in whole.folder.rglob("*") if file.is_file()}
    names = " ".join(str(file.relative_to(whole.folder)) for file in kept)
    for part in KINDS:
        assert part in names
    body = PEM.splitlines()[1]
    for secret in (*SECRETS.values(), SETTING, body, "PRIVATE KEY-----"):
        assert not [str(file) for file, content in kept.items() if secret.encode() in content]


def _keep_log(whole: Workplace, done: Answer) -> None:
    logs = whole.folder / "logs"
    logs.mkdir(exist_ok=True)
    (logs / f"{len(list(logs.iterdir()))}.txt").write_text(told(done))


def test_another_threshold_changes_the_alarms_and_no_more(whole: Workplace) -> None:
    whole.edit(WHOLE, "above: 0.02, over: 7d", "above: 0.03, over: 7d")
    changes = {urn.rpartition("::")[2]: op for urn, op in whole.changes(WHOLE).items()}
    assert changes == {"drift-check": "update", "drift-forecast": "update"}
    whole.edit(WHOLE, "above: 0.03, over: 7d", "above: 0.02, over: 7d")


def test_components_that_are_renamed_with_an_alias_stay_what_they_are(whole: Workplace) -> None:
    """One alias on the component is enough: what it made follows, its own name included."""
    own = whole.repository / "stacks" / "edgeward_stacks"
    shutil.copytree(ROOT / "stacks" / "edgeward_stacks", own)
    for file in own.glob("*.py"):
        text = FORMERLY.sub(RENAMED, file.read_text(encoding="utf-8"))
        file.write_text(text.replace("Landing(plan.landing.name", 'Landing("records"'))
    seen = whole.pulumi("preview", "-s", WHOLE, "--json", "--show-sames")
    shutil.rmtree(own)
    steps = json.loads(seen.stdout)["steps"]
    assert {step["op"] for step in steps} == {"same"}
    assert not any("edgeward:cloud:" in step["urn"] for step in steps)
    assert any(step["urn"].endswith("aws:s3/bucket:Bucket::records") for step in steps)


def test_a_box_whose_request_is_taken_back_loses_its_certificate(whole: Workplace) -> None:
    file = whole.site(WHOLE) / "identities" / "plant--box.csr"
    text = file.read_text()
    file.unlink()
    found = whole.changes(WHOLE).items()
    changes = {urn.split("$")[-1].partition("::")[0]: op for urn, op in found}
    assert changes == {
        "aws:iot/certificate:Certificate": "delete",
        "aws:iot/policyAttachment:PolicyAttachment": "delete",
        "aws:iot/thingPrincipalAttachment:ThingPrincipalAttachment": "delete",
    }
    file.write_text(text)


def test_a_new_version_is_deployed_and_then_the_old_one_goes(whole: Workplace) -> None:
    net = whole.repository / "sites" / "catalog" / "models" / "net.yaml"
    text = net.read_text(encoding="utf-8")
    net.write_text(text.replace("version: 1.0.0", "version: 1.1.0").replace("5e" * 32, "6f" * 32))
    whole.edgeward("decide", WHOLE)
    whole.pulumi("up", "-s", WHOLE, *UP)
    whole.pulumi("up", "-s", WHOLE, "--yes", "--expect-no-changes")
    states = [
        each["inputs"]["desiredState"]
        for name, each in whole.cloud().items()
        if name.startswith("aws:cloudcontrol/")
    ]
    component, deployment = sorted(states, key=lambda each: "TargetArn" in each)
    assert "6f" * 32 in component
    assert '"ComponentVersion": "1.1.0"' in deployment


def test_it_is_taken_down_around_its_records(whole: Workplace) -> None:
    whole.pulumi("destroy", "-s", WHOLE, "--exclude-protected", "--yes")
    left = {name.partition("|")[0].rpartition(":")[2] for name in whole.cloud()}
    assert left == {"Bucket", "Key", "ModelPackageGroup"}
