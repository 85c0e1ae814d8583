from __future__ import annotations

from pathlib import Path

import pytest

from edgeward.errors import InvalidDeclaration
from edgeward.stack.plan import plan_stack
from edgeward.stack.requests import read_requests
from tests.samples import CATALOG, DECISION, SITE

REQUEST = """-----BEGIN CERTIFICATE REQUEST-----
MIIBATCBqAIBADBGMQ==
-----END CERTIFICATE REQUEST-----
"""
KEY = REQUEST.replace("CERTIFICATE REQUEST", "EC PRIVATE KEY")
THING = "bottling-brno--line2-gpu"


def _write(root: Path, name: str, text: str) -> None:
    folder = root / "sites" / "plant" / "identities"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_requests_are_read_by_the_thing_that_made_them(tmp_path: Path) -> None:
    assert read_requests(tmp_path, "plant") == {}
    _write(tmp_path, "plant--box.csr", REQUEST)
    assert read_requests(tmp_path, "plant") == {"plant--box": REQUEST}


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("box.csr", KEY, "holds a private key; take it out of git"),
        ("box.csr", REQUEST + KEY, "holds a private key"),
        ("box.key", KEY, "holds a private key"),
        ("box.pem", REQUEST, "only signing requests belong here, named THING.csr"),
        ("box.csr", "hello", "no signing request in PEM"),
        ("box.csr", REQUEST * 400, "no signing request in PEM"),
    ],
)
def test_anything_else_is_refused_and_named(
    name: str, text: str, what: str, tmp_path: Path
) -> None:
    _write(tmp_path, name, text)
    with pytest.raises(InvalidDeclaration, match=f"sites/plant/identities/{name}.*{what}"):
        read_requests(tmp_path, "plant")


def test_a_request_reaches_the_identity_of_its_box() -> None:
    (identity,) = plan_stack(SITE, DECISION, CATALOG, {THING: REQUEST}).identities
    assert identity.requests == {THING: REQUEST}


def test_a_request_of_no_box_of_the_plant_is_refused() -> None:
    with pytest.raises(InvalidDeclaration, match=rf"gone\.csr.*they are {THING}"):
        plan_stack(SITE, DECISION, CATALOG, {"gone": REQUEST})
