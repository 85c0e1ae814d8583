"""What the plants of one account share: a key for secrets, a place for artifacts, notices, CI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from edgeward.stack.naming import partition
from edgeward.stack.planned import LandingPlan
from edgeward_stacks.documents import Account, document
from edgeward_stacks.landing import Landing, LandingArgs

_GITHUB = "token.actions.githubusercontent.com"
_TAGS = {"managed-by": "edgeward", "site": "shared"}


@dataclass(frozen=True, slots=True)
class PlatformArgs:
    """`repository` and `environment` are GitHub's: what runs there may take on the CI role.

    `policies` are documents by name, as `edgeward stack iam` prints them.
    """

    account: Account
    repository: str
    environment: str
    policies: Mapping[str, str]


class Platform(pulumi.ComponentResource):
    """Made once an account; its outputs are what plants read by a stack reference."""

    notices: aws.sns.Topic
    ci: aws.iam.Role
    secrets: aws.kms.Key

    def __init__(self, name: str, args: PlatformArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Platform", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        self.secrets = self._make_secrets_key()
        artifacts = LandingPlan("artifacts", "edgeward-artifacts", (), _TAGS, "")
        landing = Landing("artifacts", LandingArgs(artifacts, args.account), self._child)
        self.notices = aws.sns.Topic(
            "notices", name="edgeward-notices", tags=_TAGS, opts=self._child
        )
        self.ci = self._make_ci_role(args)
        self.register_outputs({"artifacts": landing.store.bucket, "ci": self.ci.arn})

    def _make_secrets_key(self) -> aws.kms.Key:
        """Encrypts the secrets in the state of every stack; without it no state can be read."""
        key = aws.kms.Key(
            "secrets",
            description="Secrets in the state of edgeward's stacks",
            enable_key_rotation=True,
            deletion_window_in_days=30,
            tags=_TAGS,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        aws.kms.Alias(
            "secrets", name="alias/edgeward-secrets", target_key_id=key.key_id, opts=self._child
        )
        return key

    def _make_ci_role(self, args: PlatformArgs) -> aws.iam.Role:
        provider = aws.iam.OpenIdConnectProvider(
            "github",
            url=f"https://{_GITHUB}",
            client_id_lists=["sts.amazonaws.com"],
            tags=_TAGS,
            opts=self._child,
        )
        trust = _trust(args)
        role = aws.iam.Role(
            "ci",
            name="edgeward-ci",
            assume_role_policy=trust,
            tags=_TAGS,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[provider]),
        )
        for policy, text in sorted(args.policies.items()):
            made = aws.iam.Policy(policy, name=policy, policy=text, tags=_TAGS, opts=self._child)
            aws.iam.RolePolicyAttachment(
                policy, role=role.name, policy_arn=made.arn, opts=self._child
            )
        return role


def run() -> None:
    """Builds the platform's stack from its configuration and the files in `policies/`."""
    config = pulumi.Config("edgeward-platform")
    region = config.require("region")
    provider = aws.Provider("aws", region=region)
    caller = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=provider))
    args = PlatformArgs(
        account=Account(caller.account_id, region, partition(region)),
        repository=config.require("repository"),
        environment=config.get("environment") or "production",
        policies=read_policies(Path.cwd() / "policies"),
    )
    made = Platform("platform", args, pulumi.ResourceOptions(providers=[provider]))
    pulumi.export("notices", made.notices.arn)
    pulumi.export("ci", made.ci.arn)
    pulumi.export("secrets", made.secrets.arn)


def read_policies(folder: Path) -> Mapping[str, str]:
    """The documents of every `SITE.json`, one a line, by the name of the policy."""
    lines = (
        (file.stem, number, line)
        for file in sorted(folder.glob("*.json"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    )
    return {f"edgeward-ci-{site}-{number}": line for site, number, line in lines}


def _trust(args: PlatformArgs) -> str:
    """Only jobs of this repository's environment, where a person can be asked first."""
    account = args.account
    federated = account.global_arn("iam", f"oidc-provider/{_GITHUB}")
    who = f"repo:{args.repository}:environment:{args.environment}"
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Federated": federated},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {f"{_GITHUB}:aud": "sts.amazonaws.com", f"{_GITHUB}:sub": who}
            },
        }
    )
