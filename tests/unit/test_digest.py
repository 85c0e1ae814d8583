"""Equal values have one spelling, whatever order or type of number they were written in."""

from __future__ import annotations

from edgeward.digest import canonical_json, digest
from edgeward.quantity import between, exact


def test_order_and_type_of_number_do_not_matter() -> None:
    assert canonical_json({"b": 1.0, "a": (2, "ü")}) == '{"a":[2,"ü"],"b":1}'.encode()
    assert digest({"x": 1, "y": 2}) == digest({"y": 2.0, "x": 1.0})


def test_a_dataclass_counts_by_its_fields_and_a_set_by_its_members() -> None:
    assert digest(between(1, 2, "a")) == digest(between(1.0, 2.0, "a"))
    assert digest(between(1, 2, "a")) != digest(between(1, 2, "b"))
    assert digest(exact(1)) != digest(exact(2))
