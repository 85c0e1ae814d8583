from __future__ import annotations

from pathlib import Path

from edgeward_stacks.platform import Platform, PlatformArgs, read_policies
from tests.stacks.alone import ACCOUNT, compile_alone, statements

DOCUMENT = '{"Statement":[],"Version":"2012-10-17"}'
ARGS = PlatformArgs(ACCOUNT, "acme/plants", "production", {"edgeward-ci-brno-1": DOCUMENT})


def test_it_has_a_key_a_bucket_notices_and_a_role_for_ci() -> None:
    made = compile_alone(lambda opts: Platform("platform", ARGS, opts))
    assert {name for name in made if "artifacts" not in name} == {
        "Alias secrets",
        "Key secrets",
        "OpenIdConnectProvider github",
        "Policy edgeward-ci-brno-1",
        "Role ci",
        "RolePolicyAttachment edgeward-ci-brno-1",
        "Topic notices",
        "edgeward:cloud:Platform platform",
    }
    assert made["Key secrets"].protect
    assert made["Bucket artifacts"].protect


def test_only_this_repositorys_environment_takes_on_the_role() -> None:
    made = compile_alone(lambda opts: Platform("platform", ARGS, opts))
    (trust,) = statements(made["Role ci"], "assumeRolePolicy")
    assert trust["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert trust["Condition"]["StringEquals"] == {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:acme/plants:environment:production",
    }


def test_each_line_of_a_plants_file_is_a_policy(tmp_path: Path) -> None:
    (tmp_path / "brno.json").write_text(f"{DOCUMENT}\n{DOCUMENT}\n")
    (tmp_path / "README.md").write_text("not a policy")
    assert list(read_policies(tmp_path)) == ["edgeward-ci-brno-1", "edgeward-ci-brno-2"]
