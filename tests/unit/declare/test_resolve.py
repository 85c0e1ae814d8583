from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edgeward.declare.load import load
from edgeward.declare.nodes import Node
from edgeward.declare.resolve import merge, resolve
from edgeward.declare.schemas import plain


def tree(text: str, layer: str = "site") -> Node:
    found = load(text.encode(), layer, layer).tree  # type: ignore[arg-type]
    assert found is not None
    return found


def test_maps_merge_lists_replace_and_the_plant_wins() -> None:
    fleet = tree("{lan: {mbps: 100, rtt_p99_ms: 4}, zones: [{name: a}], owner: x}", "fleet")
    plant = tree("{lan: {mbps: 1000}, zones: [{name: b}]}")
    merged, problems = resolve(plant, fleet, {})
    assert not problems
    assert plain(merged) == {
        "lan": {"mbps": 1000, "rtt_p99_ms": 4},
        "zones": [{"name": "b"}],
        "owner": "x",
    }
    layers = {key: node.origin.layer for key, node in merged.items["lan"].items.items()}
    assert layers == {"mbps": "site", "rtt_p99_ms": "fleet"}


def test_like_takes_over_through_siblings_and_templates_but_never_the_name() -> None:
    template = tree("{apiVersion: v, kind: UseCaseTemplate, name: base, stage: pilot}", "template")
    plant = tree(
        "use_cases: [{name: a, like: b, latency: {to: t}},"
        " {name: b, like: base, kind: inspection, latency: {from: f}}]"
    )
    merged, problems = resolve(plant, None, {"base": template})
    assert not problems
    first = plain(merged)["use_cases"][0]
    assert first == {
        "stage": "pilot",
        "kind": "inspection",
        "latency": {"from": "f", "to": "t"},
        "name": "a",
        "like": "b",
    }


def test_a_use_case_may_be_named_like_its_template() -> None:
    plant = tree("use_cases: [{name: base, like: base}]")
    merged, problems = resolve(plant, None, {"base": tree("{name: base, stage: pilot}")})
    assert not problems
    assert plain(merged)["use_cases"][0]["stage"] == "pilot"


def test_an_unknown_in_the_plant_is_not_filled_from_the_fleet() -> None:
    merged, _ = resolve(tree("lan: {mbps: unknown}"), tree("lan: {mbps: 100}"), {})
    assert plain(merged) == {"lan": {"mbps": "unknown"}}


_TREES = st.recursive(
    st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2),
    lambda below: st.dictionaries(st.sampled_from("abc"), below, max_size=3),
    max_leaves=8,
).filter(lambda value: isinstance(value, dict))


@given(_TREES, _TREES, _TREES)
def test_it_does_not_matter_in_which_order_layers_are_joined(a: dict, b: dict, c: dict) -> None:  # type: ignore[type-arg]
    one, two, three = (tree(str(value).replace("'", "")) for value in (a, b, c))
    left, right = merge(merge(one, two), three), merge(one, merge(two, three))
    assert plain(merge(one, one)) == plain(one)
    if not _replaces_map(two, three):
        assert plain(left) == plain(right)


def _replaces_map(over: Node, top: Node) -> bool:
    """A plain value between two maps hides the lower one in one order only."""
    keys = over.items.keys() & top.items.keys()
    for key in keys:
        below, above = over.items[key], top.items[key]
        if isinstance(above.value, dict) and not isinstance(below.value, dict):
            return True
        if _replaces_map(below, above):
            return True
    return False
