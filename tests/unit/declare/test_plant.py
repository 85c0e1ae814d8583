from __future__ import annotations

import math

import pytest

from edgeward.declare.plant import bind_site
from edgeward.errors import UsageError
from edgeward.quantity import Quantity, between, exact, unknown
from edgeward.site import Site
from tests.unit.declare.declaring import HEAD, declare, site, source, workspace


def range_of(name: str) -> Quantity:
    return workspace().catalog.ranges[name]


def test_a_number_that_is_written_is_exact() -> None:
    assert site("connectivity: {uplink_mbps: 50}\n").connectivity.uplink_mbps == exact(50)


@pytest.mark.parametrize("how", ["connectivity: {rtt_p99_ms: unknown}\n", ""])
def test_a_number_of_which_nothing_is_known_names_its_path(how: str) -> None:
    found = site(how).connectivity.rtt_p99_ms
    assert found == unknown("connectivity.rtt_p99_ms")


def test_the_kind_of_link_bounds_what_is_not_known_without_a_stated_value() -> None:
    path, tier = "connectivity.rtt_p99_ms", "connectivity.best_effort_wan.rtt_p99_ms"
    found = site("connectivity: {tier: best_effort_wan}\n").connectivity.rtt_p99_ms
    assert found == between(range_of(tier).low, range_of(tier).high, path)
    assert found.stated is None


def test_a_plausible_range_of_the_schema_bounds_the_rest() -> None:
    found = site("zones: [{name: line}]\n").zones[0].level
    assert found == between(0, 5, "zones.line.level")


def test_an_assumption_turns_a_value_into_an_interval_around_it() -> None:
    body = (
        "connectivity: {worst_outage_hours: 8}\n"
        "assumptions: [{at: connectivity.worst_outage_hours, range: [2, 12]}]\n"
    )
    found = site(body)
    path = "connectivity.worst_outage_hours"
    assert found.connectivity.worst_outage_hours == between(2, 12, path, 8)
    assert found.assumptions[0].low == 2


def test_an_assumption_may_take_value_and_range_from_the_catalog() -> None:
    name = "connectivity.best_effort_wan.rtt_p99_ms"
    found = site(f"assumptions: [{{at: connectivity.rtt_p99_ms, from: {name}}}]\n")
    known = range_of(name)
    path = "connectivity.rtt_p99_ms"
    assert known.stated is not None
    assert found.connectivity.rtt_p99_ms == between(known.low, known.high, path, known.stated)
    assert (found.assumptions[0].low, found.assumptions[0].high) == (known.low, known.high)


def test_an_assumption_reaches_into_a_map_that_is_not_there() -> None:
    body = "use_cases: [{name: check}]\nassumptions:\n"
    body += "  - {at: use_cases.check.review.people, range: [1, 3]}\n"
    body += "  - {at: use_cases.check.latency.path_ms.actuator, range: [5, 9]}\n"
    use_case = site(body).use_cases[0]
    assert use_case.review is not None
    assert use_case.review.people == between(1, 3, "use_cases.check.review.people")
    path = "use_cases.check.latency.path_ms.actuator"
    assert use_case.latency.path_ms == {"actuator": between(5, 9, path)}


def test_absent_has_a_default_where_unknown_has_none() -> None:
    devices = site("devices: [{name: a}, {name: b, spares: unknown}]\n").devices
    assert devices[0].spares == exact(0)
    assert devices[0].boxes == exact(1)
    assert devices[1].spares == unknown("devices.b.spares")


def test_words_and_durations_become_numbers() -> None:
    body = (
        "streams: [{name: s, arrives: {every: 1h}}]\n"
        "use_cases: [{name: a, latency: {late_allowed: 1 in 10000}}, {name: b}]\n"
    )
    found = site(body)
    arrives = found.streams[0].arrives
    assert arrives is not None
    assert (arrives.kind, arrives.period_ms) == ("periodic", exact(3_600_000))
    assert [each.latency.late_allowed for each in found.use_cases] == [exact(0.0001), exact(0.01)]


def test_what_leaves_raw_is_as_large_as_the_item() -> None:
    body = "streams:\n  - {name: s, kb: 40, leaves: {as: raw}}\n"
    body += "  - {name: t, kb: 40, leaves: {as: summary}}\n"
    raw, summary = (each.leaves for each in site(body).streams)
    assert raw is not None and summary is not None
    assert (raw.kb, raw.share) == (exact(40), exact(1))
    assert summary.kb == unknown("streams.t.leaves.kb")


def test_keys_that_are_spelled_otherwise_are_read() -> None:
    body = (
        "windows: {freezes: [{from: 2026-12-20, to: 2027-01-06}]}\n"
        "devices: [{name: box, class: ipc_gpu_lineside}]\n"
        "flows: [{from: box, to: scada, protocol: opcua, port: 4840}]\n"
        "use_cases:\n"
        "  - {name: a, runs: {every: 1h}, latency: {from: x, to: y},\n"
        "     rollback: {when: {metric: m, above: 0.1}, to: previous}}\n"
    )
    found = site(body)
    use_case = found.use_cases[0]
    assert (found.windows.freezes[0].since, found.windows.freezes[0].until) == (
        "2026-12-20",
        "2027-01-06",
    )
    assert (found.devices[0].class_name, found.flows[0].source) == ("ipc_gpu_lineside", "box")
    assert (use_case.runs_every, use_case.latency.start, use_case.latency.end) == ("1h", "x", "y")
    assert use_case.rollback is not None
    assert (use_case.rollback.above, use_case.rollback_to) == (exact(0.1), "previous")


def test_every_value_can_name_where_it_was_written() -> None:
    found = site("devices:\n  - {name: box, boxes: 2}\nuse_cases:\n  - {name: a, like: b}\n"
                 "  - {name: b, latency: {budget_ms: 60}}\n")  # fmt: skip
    assert str(found.origin("devices.box.boxes")) == "site.yaml:5:24"
    assert str(found.origin("use_cases.a.latency.budget_ms")) == "site.yaml:8:36"
    assert found.origin("use_cases.a.outcome.target").line == 7


_BODY = (
    "connectivity: {worst_outage_hours: 8}\n"
    "devices: [{name: box, identity: csr}]\n"
    "streams: [{name: s, arrives: {every_ms: 100}, leaves: {as: raw}}]\n"
    "assumptions: [{at: connectivity.worst_outage_hours, range: [2, 12]}]\n"
)


def test_a_variant_sets_paths_exactly_and_drops_the_assumptions_on_them() -> None:
    values: dict[str, float | str] = {
        "connectivity.worst_outage_hours": 12.0,
        "streams.s.arrives.every_ms": 50.0,
        "streams.s.leaves.kb": 3.0,
        "devices.box.identity": "tpm",
        "lan.rtt_p99_ms": "9",
    }
    plant = source(_BODY)
    found = bind_site(plant, workspace().catalog, values)
    arrives, leaves = found.streams[0].arrives, found.streams[0].leaves
    assert arrives is not None and leaves is not None
    assert found.connectivity.worst_outage_hours == exact(12)
    assert (arrives.period_ms, leaves.kb) == (exact(50), exact(3))
    assert found.devices[0].identity == "tpm"
    assert found.lan.rtt_p99_ms == exact(9)
    assert found.assumptions == ()
    again = bind_site(plant, workspace().catalog)
    assert again.connectivity.worst_outage_hours.high == 12
    assert again.assumptions


@pytest.mark.parametrize("path", ["connectivity.uplink", "devices.bx.boxes", "name", "devices"])
def test_a_variant_of_what_no_file_can_set_is_refused(path: str) -> None:
    with pytest.raises(UsageError):
        bind_site(source(_BODY), workspace().catalog, {path: 1.0})


def test_the_same_file_gives_equal_values() -> None:
    assert declare(HEAD + _BODY) == declare(HEAD + _BODY)


def test_no_interval_of_the_example_plants_is_without_a_name() -> None:
    for name in workspace().plants:
        data = (workspace().root / "sites" / name / "site.yaml").read_bytes()
        found = declare(data.replace(f"name: {name}".encode(), b"name: plant", 1))
        assert isinstance(found, Site), name
        link = found.connectivity
        for quantity in (link.uplink_mbps, link.rtt_p99_ms, link.worst_outage_hours):
            assert quantity.exact or quantity.rests_on
            assert not math.isnan(quantity.low)
