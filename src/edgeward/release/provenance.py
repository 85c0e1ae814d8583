"""Where a model is from: an in-toto statement in a DSSE envelope, beside its files.

It names the digest of every file, the data, the training run, what was evaluated and who
approved it. Where `releases/keys.yaml` has a role `provenance`, no model without it is released.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import Error, VerificationError
from securesystemslib.signer import Signer

from edgeward.bundle.render import BundleFile
from edgeward.release.keys import RoleKeys

PROVENANCE_FILE = "provenance.dsse.json"
_PAYLOAD_TYPE = "application/vnd.in-toto+json"
_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "urn:edgeward:model-release:v1"


@dataclass(frozen=True, slots=True)
class Origin:
    """`data_sha256` is of the data or of its listing; `evaluation` says by which report."""

    data_sha256: str
    training_run: str
    evaluation: str
    approver: str


def attest(files: Iterable[BundleFile], origin: Origin, signer: Signer) -> bytes:
    """The envelope for a model of these files."""
    statement = {
        "_type": _STATEMENT,
        "subject": [
            {"name": name, "digest": {"sha256": sha256}}
            for name, sha256 in sorted(_digests(files).items())
        ],
        "predicateType": _PREDICATE,
        "predicate": asdict(origin),
    }
    envelope = Envelope(json.dumps(statement, sort_keys=True).encode(), _PAYLOAD_TYPE, {})
    envelope.sign(signer)
    return f"{json.dumps(envelope.to_dict(), indent=1, sort_keys=True)}\n".encode()


def refuse_origin(files: Iterable[BundleFile], role: RoleKeys) -> str | None:
    """Why a model may not be released, None where its provenance is as it must be."""
    listed = tuple(files)
    found = next((each.content for each in listed if each.path == PROVENANCE_FILE), None)
    if found is None:
        return f"has no {PROVENANCE_FILE}"
    try:
        envelope = Envelope.from_dict(json.loads(found))
        envelope.verify(list(role.keys), threshold=role.threshold)
        return _differences(json.loads(envelope.payload), envelope.payload_type, listed)
    except VerificationError:
        return f"its {PROVENANCE_FILE} is not signed by {role.threshold} of those who may"
    except (Error, ValueError, KeyError, TypeError, AttributeError):
        return f"its {PROVENANCE_FILE} cannot be read"


def _differences(
    statement: Mapping[str, Any], kind: str, files: tuple[BundleFile, ...]
) -> str | None:
    types = (kind, statement["_type"], statement["predicateType"])
    if types != (_PAYLOAD_TYPE, _STATEMENT, _PREDICATE):
        return f"its {PROVENANCE_FILE} states something else"
    named = {each["name"]: each["digest"]["sha256"] for each in statement["subject"]}
    if named != _digests(files):
        return f"its {PROVENANCE_FILE} is of other files"
    missing = [name for name in Origin.__slots__ if not statement["predicate"].get(name)]
    return f"its {PROVENANCE_FILE} does not say {', '.join(missing)}" if missing else None


def _digests(files: Iterable[BundleFile]) -> dict[str, str]:
    return {
        each.path: hashlib.sha256(each.content).hexdigest()
        for each in files
        if each.path != PROVENANCE_FILE
    }
