"""Who signs releases, from `releases/keys.yaml`: public keys only, reviewed like everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from securesystemslib.signer import AWSSigner, CryptoSigner, Key, Signer, SSlibKey

from edgeward.declare.document import read_document
from edgeward.declare.nodes import Node, problem
from edgeward.declare.numbers import number
from edgeward.declare.signing import KEYS_FILE
from edgeward.errors import InvalidDeclaration, Problem, UsageError

SCHEMES = ("ed25519", "ecdsa-sha2-nistp256")
"""What the pull script can check with `openssl` alone."""
MODELS = "models"
"""The role that signs the models."""
_PLANT = "plant-"
_KMS = "awskms:"


@dataclass(frozen=True, slots=True)
class RoleKeys:
    """`threshold` of the keys have to sign; what they sign is good for `days`."""

    keys: tuple[Key, ...]
    threshold: int
    days: int


@dataclass(frozen=True, slots=True)
class ReleaseKeys:
    """`roles` are by name; `plants` are those with keys of their own."""

    roles: Mapping[str, RoleKeys]
    plants: Mapping[str, RoleKeys]

    def of_plant(self, site: str) -> RoleKeys:
        return self.plants.get(site, self.roles["plants"])

    def of_role(self, name: str) -> RoleKeys:
        """Those of a role that targets delegates to: of the models, or of a plant."""
        return self.roles[MODELS] if name == MODELS else self.of_plant(site_of(name))


def plant_role(site: str) -> str:
    """The name of the role that signs the releases of a plant."""
    return f"{_PLANT}{site}"


def site_of(role: str) -> str:
    """The plant whose releases a role signs; empty for any other role."""
    return role.removeprefix(_PLANT) if role.startswith(_PLANT) else ""


def load_keys(root: Path) -> ReleaseKeys:
    """Raises InvalidDeclaration with every problem of the file and of the keys that it names."""
    tree = read_document(root / KEYS_FILE, KEYS_FILE, "ReleaseKeys")
    folder, problems = (root / KEYS_FILE).parent, list[Problem]()
    roles = {
        name: _role(node, f"roles.{name}", folder, problems)
        for name, node in tree.items["roles"].items.items()
    }
    own = tree.get("plants")
    plants = {
        name: _role(node, f"plants.{name}", folder, problems)
        for name, node in (own.items if own is not None else {}).items()
    }
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return ReleaseKeys(roles, plants)


def open_signers(keys: tuple[str, ...]) -> dict[str, Signer]:
    """Signers by key id, each from a private key in PEM or `awskms:KEY`.

    Raises UsageError for a key that cannot be used.
    """
    signers = [_open_signer(key) for key in keys]
    return {signer.public_key.keyid: signer for signer in signers}


def _role(node: Node, path: str, folder: Path, problems: list[Problem]) -> RoleKeys:
    keys = tuple(_keys(node.items["keys"], f"{path}.keys", folder, problems))
    threshold = int(number(node.get("threshold")) or 1)
    if threshold > len(node.items["keys"].members):
        message = f"{threshold} signatures are asked for, of {len(keys)} keys: name more keys"
        problems.append(problem(node.items["threshold"], f"{path}.threshold", message))
    return RoleKeys(keys, threshold, int(number(node.get("days")) or 1))


def _keys(node: Node, path: str, folder: Path, problems: list[Problem]) -> Iterator[Key]:
    seen: set[str] = set()
    for index, member in enumerate(node.members):
        try:
            key = SSlibKey.from_crypto(load_pem_public_key((folder / member.text).read_bytes()))
        except (OSError, ValueError, TypeError):
            message = "is no public key in PEM beside this file"
            problems.append(problem(member, f"{path}.{index}", message))
            continue
        if key.scheme not in SCHEMES:
            message = f"is {key.scheme}; take Ed25519 or ECDSA on P-256, which hosts can check"
            problems.append(problem(member, f"{path}.{index}", message))
        elif key.keyid in seen:
            message = "is a key that is here already: one person would sign twice"
            problems.append(problem(member, f"{path}.{index}", message))
        seen.add(key.keyid)
        yield key


def _open_signer(key: str) -> Signer:
    try:
        if key.startswith(_KMS):
            uri, public = AWSSigner.import_(key.removeprefix(_KMS))
            return AWSSigner.from_priv_key_uri(uri, public)
        return CryptoSigner(load_pem_private_key(Path(key).read_bytes(), None))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"--key {key}: cannot sign with it: {error}") from error
