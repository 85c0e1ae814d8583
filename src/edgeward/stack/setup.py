"""What a stack needs beside its plant's file: its configuration, and no stack without a plant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from edgeward.errors import UsageError
from edgeward.write import write_file_atomically

PROJECT = "edgeward"
"""The name in Pulumi.yaml, which is part of every URN."""
CONFIG = Path("stacks") / "config"
_ACCOUNT = re.compile(r"[0-9]{12}")
_SECRETS = ("passphrase", "awskms://", "azurekeyvault://", "gcpkms://", "hashivault://")


def init_stack(
    root: Path, site: str, account: str | None, secrets: str, platform: str | None = None
) -> Path:
    """Writes the plant's stack configuration. Raises UsageError where there is one already."""
    file = root / CONFIG / f"Pulumi.{site}.yaml"
    if file.exists():
        raise UsageError(f"{file.relative_to(root)}: it is there already; change it by hand")
    if account is not None and not _ACCOUNT.fullmatch(account):
        raise UsageError(f"--account {account}: expected the 12 digits of an AWS account")
    if not secrets.startswith(_SECRETS):
        raise UsageError(
            f"--secrets {secrets}: expected passphrase, or a key such as "
            "awskms://alias/edgeward?region=eu-central-1"
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file_atomically(file, _config(account, secrets, platform).encode())
    return file


def init_commands(site: str, secrets: str) -> tuple[str, ...]:
    """What a person runs next; the passphrase is asked for, or taken from the environment."""
    return (
        f"pulumi stack init {site} --secrets-provider='{secrets}'",
        f"edgeward stack iam {site}",
        f"pulumi preview --stack {site}",
    )


def list_orphans(stacks: str, plants: Iterable[str]) -> tuple[str, ...]:
    """The stacks, as `pulumi stack ls --json` prints them, that no plant stands behind.

    Those of other projects, such as the platform's, are not meant.
    Raises UsageError for another text.
    """
    try:
        parts = [str(each["name"]).split("/") for each in json.loads(stacks)]
    except (ValueError, KeyError, TypeError) as error:
        message = f"expected what `pulumi stack ls --json` prints: {error}"
        raise UsageError(message) from error
    names = {name for *project, name in parts if project[-1:] in ([], [PROJECT])}
    return tuple(sorted(names - set(plants)))


def _config(account: str | None, secrets: str, platform: str | None) -> str:
    """Region, tags and all else are in the plant's file: nothing is said twice."""
    lines = ["# Written by `edgeward stack init`. Everything else is in the plant's site.yaml."]
    if secrets != "passphrase":
        lines.append(f"secretsprovider: {secrets}")
    own = {"account": account, "platform": platform}
    values = [f'  edgeward:{key}: "{value}"' for key, value in own.items() if value is not None]
    return "\n".join([*lines, *(["config:", *values] if values else ["config: {}"]), ""])
