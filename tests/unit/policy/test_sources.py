from __future__ import annotations

from pathlib import Path

import pytest

from edgeward.errors import NotEvaluated
from edgeward.policy.sources import read_sources


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"# filler\n" * 1_200_000, "larger than 1 MB"), (b"\xff\xfe", "cannot be read")],
    ids=["ten_megabytes", "no_text"],
)
def test_a_file_that_is_no_rule_is_named(content: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "policies" / "own" / "big" / "big.rego"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(NotEvaluated, match=f"^policies/own/big/big.rego: .*{complaint}"):
        read_sources(tmp_path)
