"""The file that is written says what was answered, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from edgeward.declare.load import load
from edgeward.declare.schemas import plain
from edgeward.onboard.site_text import scalar, site_text

_SITES = Path(__file__).parents[3] / "sites"
_PLANTS = sorted(path.parent.name for path in _SITES.glob("*/site.yaml"))


def _values(text):
    parsed = load(text.encode(), "site.yaml")
    assert parsed.tree is not None
    assert parsed.problems == ()
    return plain(parsed.tree)


@pytest.mark.parametrize("plant", _PLANTS)
def test_every_example_plant_comes_back_as_it_was(plant):
    values = _values((_SITES / plant / "site.yaml").read_text())
    assert _values(site_text(values)) == values


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), max_size=40))
@example("\u2028")
@example("a\u202eb \U0001f600")
def test_any_text_stays_the_text_that_it_was(text):
    written = f"{{key: {scalar(text)}}}"
    assert _values(written) == {"key": text}
    assert str(yaml.safe_load(written)["key"]) == text  # and for those who read YAML 1.1


def test_a_key_with_few_choices_names_them():
    text = site_text({"name": "a", "streams": [{"name": "s", "personal_data": "none"}]})
    assert "# Whether people can be recognised in it: none, pseudonymous, personal\n" in text
