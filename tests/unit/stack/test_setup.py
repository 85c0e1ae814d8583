from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from edgeward.errors import UsageError
from edgeward.stack.setup import init_commands, init_stack, list_orphans

KEY = "awskms://alias/edgeward?region=eu-central-1"


def test_the_configuration_says_the_account_and_what_encrypts_secrets(tmp_path: Path) -> None:
    file = init_stack(tmp_path, "plant", "123456789012", KEY, "acme/edgeward-platform/main")
    assert file == tmp_path / "stacks" / "config" / "Pulumi.plant.yaml"
    written = yaml.safe_load(file.read_text())
    own = {
        "edgeward:account": "123456789012",
        "edgeward:platform": "acme/edgeward-platform/main",
    }
    assert written == {"secretsprovider": KEY, "config": own}
    assert f"--secrets-provider='{KEY}'" in init_commands("plant", KEY)[0]


def test_with_nothing_to_say_it_is_still_a_configuration(tmp_path: Path) -> None:
    file = init_stack(tmp_path, "plant", None, "passphrase")
    assert yaml.safe_load(file.read_text()) == {"config": {}}
    file = init_stack(tmp_path, "keyed", None, KEY)
    assert yaml.safe_load(file.read_text()) == {"secretsprovider": KEY, "config": {}}


@pytest.mark.parametrize(
    ("account", "secrets", "what"),
    [
        ("1234", "passphrase", "the 12 digits of an AWS account"),
        (None, "hunter2", "expected passphrase, or a key such as awskms://"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    account: str | None, secrets: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=what):
        init_stack(tmp_path, "plant", account, secrets)
    assert list(tmp_path.rglob("*.yaml")) == []


def test_a_configuration_that_is_there_is_left_alone(tmp_path: Path) -> None:
    file = init_stack(tmp_path, "plant", None, KEY)
    before = file.read_text()
    with pytest.raises(UsageError, match="it is there already"):
        init_stack(tmp_path, "plant", "123456789012", "passphrase")
    assert file.read_text() == before


def test_a_stack_without_a_plant_is_listed() -> None:
    listed = (
        '[{"name": "brno"}, {"name": "acme/edgeward/lyon", "current": true},'
        ' {"name": "organization/edgeward-platform/main"}]'
    )
    assert list_orphans(listed, ["brno"]) == ("lyon",)
    assert list_orphans("[]", ["brno"]) == ()


@pytest.mark.parametrize("text", ["", "no stacks", '{"name": 1}', "[1]"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="pulumi stack ls --json"):
        list_orphans(text, [])
