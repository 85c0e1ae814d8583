"""What the broker, the firewall and the service manager of a box are told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from edgeward.decision import Decision
from edgeward.errors import InvalidDeclaration
from edgeward.quantity import between, exact, unknown
from edgeward.site import Flow, Freeze, Site, Window, Windows
from edgeward.use_case import Write
from tests.samples import (
    CAP_CHECK,
    CONNECTIVITY,
    DECISION,
    FRAMES,
    GATEWAY,
    PLACEMENT,
    SITE,
)
from tests.unit.bundle.rendering import render, text_of

SERVER = replace(GATEWAY, name="server", tier="plant")
ON_SYSTEMD = replace(SITE, devices=(replace(GATEWAY, runtime="systemd"),))
SPLIT = replace(SITE, devices=(GATEWAY, SERVER))
ON_SERVER = replace(DECISION, placements=(replace(PLACEMENT, device="server"),))
IN_CLOUD = replace(DECISION, placements=(replace(PLACEMENT, device="cloud"),))


def _file(name: str, site: Site = SITE, box: int = 0, decision: Decision = DECISION) -> str:
    bundle = render(site, decision)[box]
    return text_of(bundle, next(f.path for f in bundle.files if f.path.endswith(name)))


def _setting(text: str, key: str) -> str:
    found = re.search(rf"^{key}[ =](.*)$", text, re.M)
    assert found, key
    return found[1]


def test_the_broker_keeps_as_much_as_leaves_in_the_worst_outage() -> None:
    conf = _file("mosquitto.conf")
    assert int(_setting(conf, "max_queued_messages")) == 10 * 0.01 * 8 * 3600
    assert int(_setting(conf, "max_queued_bytes")) == 115_200_000


def test_an_assumed_outage_counts_with_its_longest_and_an_unknown_one_has_no_limit() -> None:
    path = "connectivity.worst_outage_hours"
    for outage, bytes_kept in ((between(2, 12, path, 8), 172_800_000), (unknown(path), 0)):
        connectivity = replace(CONNECTIVITY, worst_outage_hours=outage)
        conf = _file("mosquitto.conf", replace(SITE, connectivity=connectivity))
        assert int(_setting(conf, "max_queued_bytes")) == bytes_kept


def test_nothing_leaves_so_there_is_no_bridge_and_no_cloud() -> None:
    site = replace(SITE, streams=(replace(FRAMES, leaves=None),))
    decision = replace(DECISION, placements=(replace(PLACEMENT, training_tier="plant"),))
    conf = _file("mosquitto.conf", site, decision=decision)
    assert "connection" not in re.findall(r"^\w+", conf, re.M)
    assert "set cloud_endpoints" not in _file(".nft", site, decision=decision)


def test_only_what_is_declared_to_leave_is_under_the_bridged_topics() -> None:
    acl = _file(".acl")
    leaving = [line for line in acl.splitlines() if line.startswith("topic write bottling-brno/")]
    assert set(leaving) == {"topic write bottling-brno/line2-gpu/streams/cap-frames/#"}
    assert "topic write local/scores/cap-check/#" in acl


def test_a_broker_that_others_publish_to_listens_to_them_and_knows_them() -> None:
    assert _setting(_file("mosquitto.conf", SPLIT, 0, ON_SERVER), "listener") == "8883 127.0.0.1"
    assert _setting(_file("mosquitto.conf", SPLIT, 1, ON_SERVER), "listener") == "8883"
    acl = _file(".acl", SPLIT, 1, ON_SERVER)
    assert "user devices.line2-gpu\ntopic write local/streams/cap-frames/#\n" in acl


def test_answers_from_the_cloud_come_back_over_the_bridge() -> None:
    conf = _file("mosquitto.conf", decision=IN_CLOUD)
    assert "topic bottling-brno/line2-gpu/answers/cap-check/# in 1" in conf
    acl = _file(".acl", decision=IN_CLOUD)
    assert "user use_cases.cap-check\ntopic read bottling-brno/line2-gpu/answers/cap-check/#" in acl


def test_the_firewall_replaces_its_own_table_only() -> None:
    rules = _file(".nft")
    assert "flush ruleset" not in rules
    assert re.findall(r"^(?:delete )?table.*$", rules, re.M) == [
        "table inet edgeward",
        "delete table inet edgeward",
        "table inet edgeward {",
    ]


def test_every_declared_connection_is_admitted_and_the_rest_dropped() -> None:
    rules = _file(".nft")
    for opening in (
        "ip daddr @cloud_endpoints tcp dport 8883",
        "ip daddr @cloud_endpoints tcp dport 443",
        "ip daddr @host_plc_2 tcp dport 4840",
        "ip saddr @host_cap_frames meta l4proto udp",
    ):
        assert f"{opening} counter accept" in rules
    assert rules.count("policy drop;") == 2
    assert "dport 22 " not in rules
    ssh = Flow("jump-host", "line2-gpu", "ssh", exact(22))
    declared = _file(".nft", replace(SITE, flows=(ssh,)))
    assert "ip saddr @host_jump_host tcp dport 22 counter accept" in declared


def test_what_is_incomplete_is_logged_because_dropping_it_would_stop_somebody() -> None:
    undeclared = replace(SITE, devices=(replace(GATEWAY, other_software=("scada",)),), flows=())
    portless = replace(SITE, use_cases=(replace(CAP_CHECK, writes=(Write("plc-2"),)),))
    for site in (undeclared, portless):
        rules = _file(".nft", site)
        assert rules.count("policy accept;") == 2
        assert "counter drop" not in rules
        assert 'log prefix "edgeward input: "' in rules
    complete = replace(SITE, devices=(replace(GATEWAY, other_software=("scada",)),))
    assert _file(".nft", complete).count("policy drop;") == 2


def test_a_use_case_runs_as_its_own_user_within_its_measured_memory() -> None:
    unit = _file("edgeward-cap-check.service", ON_SYSTEMD)
    assert _setting(unit, "MemoryMax") == "1500M"
    assert _setting(unit, "User") == "edgeward-cap-check"
    assert _setting(unit, "ExecStart").endswith("/cap-check/yolo11s-1.0.0/run")
    assert _setting(unit, "CapabilityBoundingSet") == ""


def test_only_a_class_with_an_encrypted_volume_insists_on_one() -> None:
    def unit(encrypted: bool | None) -> str:
        (bundle, *_) = render(ON_SYSTEMD, encrypted=encrypted)
        return text_of(bundle, "etc/systemd/system/edgeward-cap-check.service")

    assert "\nAssertPathIsEncrypted=/var/lib\n" in unit(True)
    assert "Encrypted" not in unit(False) + unit(None)


def test_a_long_name_still_gives_a_user_that_linux_takes() -> None:
    name = "a-use-case-with-a-very-long-name-indeed"
    site = replace(ON_SYSTEMD, use_cases=(replace(CAP_CHECK, name=name),))
    decision = replace(DECISION, placements=(replace(PLACEMENT, use_case=name),))
    user = _setting(_file(f"edgeward-{name}.service", site, decision=decision), "User")
    assert len(user) <= 31
    assert user != name


def test_updates_start_only_in_a_maintenance_window_and_end_inside_it() -> None:
    windows = Windows(
        maintenance=(
            Window("06:00", exact(4), ("sun",)),
            Window("22:30", exact(1), ("wed", "mon")),
        ),
        freezes=(Freeze("2026-12-20", "2027-01-06"),),
    )
    site = replace(SITE, windows=windows)
    timer, service = _file("edgeward-update.timer", site), _file("edgeward-update.service", site)
    assert re.findall(r"^OnCalendar=(.*)$", timer, re.M) == [
        "Sun *-*-* 06:00:00 Europe/Prague",
        "Mon,Wed *-*-* 22:30:00 Europe/Prague",
    ]
    spread = int(_setting(timer, "RandomizedDelaySec"))
    assert spread + int(_setting(service, "TimeoutStartSec")) == 3600
    assert '-lt 20261220 || test "$$day" -gt 20270106' in _setting(service, "ExecCondition")


def test_without_a_window_or_a_cloud_nothing_is_pulled() -> None:
    paths = [file.path for file in render(replace(SITE, windows=Windows()))[0].files]
    assert not [path for path in paths if "update" in path]
    local = replace(DECISION, placements=(replace(PLACEMENT, training_tier="plant"),))
    assert not [file for file in render(SITE, local)[0].files if "update" in file.path]


@pytest.mark.parametrize("start", ["6:00", "24:00", "06:00:00", "06:60"])
def test_a_window_that_is_no_time_of_the_clock_is_refused(start: str) -> None:
    windows = Windows(maintenance=(Window(start, exact(4)),))
    with pytest.raises(InvalidDeclaration, match="HH:MM"):
        render(replace(SITE, windows=windows))
