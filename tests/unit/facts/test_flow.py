"""Every connection follows from a declaration, and names it."""

from __future__ import annotations

from dataclasses import replace

from edgeward.decision import Pattern
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows, flow_subjects, streams_leaving
from edgeward.quantity import between, exact
from edgeward.use_case import Write
from tests.samples import CAP_CHECK, CATALOG, FRAMES, GATEWAY, PLACEMENT, SITE

SERVER = replace(GATEWAY, name="server", tier="plant")
ON_SERVER = replace(PLACEMENT, device="server", inference_tier="plant")
IN_CLOUD = replace(PLACEMENT, device="cloud", inference_tier="cloud")
BIGGER = replace(SITE, devices=(GATEWAY, SERVER))


def _ends(flows: tuple[NetworkFlow, ...]) -> set[tuple[str, str, str, int | None]]:
    return {(flow.source, flow.target, flow.protocol, flow.port) for flow in flows}


def test_the_connections_of_a_use_case_on_the_capturing_device() -> None:
    assert _ends(derive_flows(SITE, [PLACEMENT])) == {
        ("line2-gpu", "cap-frames", "gige_vision", 3956),
        ("line2-gpu", "cloud", "https", 443),
        ("line2-gpu", "cloud", "mqtt", 8883),
        ("line2-gpu", "plc-2", "opcua", 4840),
        ("line2-gpu", "scada", "opcua", 4840),
    }


def test_a_stream_scored_elsewhere_goes_there_encrypted() -> None:
    flows = derive_flows(BIGGER, [ON_SERVER])
    (between_devices,) = [f for f in flows if (f.source, f.target) == ("line2-gpu", "server")]
    assert (between_devices.port, between_devices.encrypted) == (8883, True)
    assert between_devices.declared_at == "use_cases.cap-check.reads"
    assert ("server", "plc-2", "opcua", 4840) in _ends(flows)


def test_a_score_from_the_cloud_is_written_by_the_device_that_sent_its_input() -> None:
    flows = derive_flows(SITE, [IN_CLOUD])
    assert ("line2-gpu", "plc-2", "opcua", 4840) in _ends(flows)
    assert not [flow for flow in flows if flow.source == "cloud"]


def test_with_nobody_to_bring_it_the_cloud_opens_the_connection_and_a_rule_can_see_it() -> None:
    site = replace(SITE, streams=(replace(FRAMES, at=None),))
    subjects = flow_subjects(site, derive_flows(site, [IN_CLOUD]), CATALOG)
    (inbound,) = [subject for subject in subjects if subject.from_cloud]
    assert inbound.from_level == exact(5)


def test_nothing_is_pulled_where_the_cloud_does_not_train() -> None:
    local = replace(PLACEMENT, training_tier="plant", pattern=Pattern.LOCAL_ONLY)
    site = replace(SITE, streams=(replace(FRAMES, leaves=None),))
    assert "cloud" not in {flow.target for flow in derive_flows(site, [local])}


def test_a_stream_that_only_a_withheld_use_case_reads_connects_nothing() -> None:
    assert _ends(derive_flows(SITE, [])) == {("line2-gpu", "scada", "opcua", 4840)}
    assert streams_leaving(SITE, [], "line2-gpu") == ()


def test_a_wired_sensor_is_no_connection() -> None:
    site = replace(SITE, streams=(replace(FRAMES, protocol="usb"),))
    assert not [flow for flow in derive_flows(site, [PLACEMENT]) if flow.protocol == "usb"]


def test_a_protocol_that_nobody_knows_counts_as_open_and_an_inexact_port_as_unknown() -> None:
    writes = (Write("plc-2", "homemade", between(4000, 5000, "x")), Write("plc-3"))
    site = replace(SITE, use_cases=(replace(CAP_CHECK, writes=writes),))
    found = {flow.target: flow for flow in derive_flows(site, [PLACEMENT])}
    assert (found["plc-2"].encrypted, found["plc-2"].port) == (False, None)
    assert (found["plc-3"].protocol, found["plc-3"].port) == ("undeclared", None)


def test_two_reasons_for_one_connection_are_one_flow() -> None:
    writes = (*CAP_CHECK.writes, Write("scada", "opcua", exact(4840)))
    site = replace(SITE, use_cases=(replace(CAP_CHECK, writes=writes),))
    (flow,) = [flow for flow in derive_flows(site, [PLACEMENT]) if flow.target == "scada"]
    assert flow.purpose == "cap-check writes to scada; declared"


def test_levels_come_from_zones_and_are_open_where_there_is_none() -> None:
    subjects = flow_subjects(SITE, derive_flows(SITE, [PLACEMENT]), CATALOG)
    by_target = {subject.id.split(" to ")[1].split()[0]: subject for subject in subjects}
    assert by_target["cloud"].to_level == exact(5)
    assert by_target["cap-frames"].zones_declared
    assert not by_target["plc-2"].zones_declared
    assert (by_target["plc-2"].to_level.low, by_target["plc-2"].to_level.high) == (0, 5)
    assert by_target["plc-2"].to_level.rests_on == {"devices.plc-2.zone"}
    assert len({subject.id for subject in subjects}) == len(subjects)


def test_where_the_level_of_a_sensor_is_open_the_zone_of_its_stream_is_to_be_declared() -> None:
    site = replace(SITE, streams=(replace(FRAMES, zone=None, per="camera"),))
    flows = derive_flows(site, [PLACEMENT])
    (subject,) = (each for each in flow_subjects(site, flows, CATALOG) if "camera" in each.id)
    assert subject.to_level.rests_on == {"streams.cap-frames.zone"}


def test_what_is_uploaded_leaves_over_https_and_a_rule_sees_whether_its_box_can() -> None:
    offline = replace(SITE, connectivity=replace(SITE.connectivity, tier="offline_first"))
    flows = derive_flows(offline, [PLACEMENT])
    (up,) = [flow for flow in flows if flow.uploads]
    assert (up.source, up.target, up.port) == ("line2-gpu", "cloud", 443)
    assert up.declared_at == "streams.cap-frames.leaves"
    assert not [flow for flow in flows if flow.protocol == "mqtt"]
    (subject,) = [each for each in flow_subjects(offline, flows, CATALOG) if each.uploads]
    assert subject.source_runs_linux
    board = replace(offline, devices=(replace(GATEWAY, runtime="mcu"),))
    (subject,) = [each for each in flow_subjects(board, flows, CATALOG) if each.uploads]
    assert not subject.source_runs_linux
    sensor = replace(offline, devices=())
    (subject,) = [each for each in flow_subjects(sensor, flows, CATALOG) if each.uploads]
    assert not subject.source_runs_linux
    assert not [flow for flow in derive_flows(SITE, [PLACEMENT]) if flow.uploads]


def test_opc_ua_without_a_declared_policy_is_encrypted_by_default_only() -> None:
    def encryption(write: Write) -> str:
        case = replace(CAP_CHECK, writes=(write,))
        flows = derive_flows(replace(SITE, use_cases=(case,)), [PLACEMENT])
        return next(flow.encryption for flow in flows if flow.target == "plc-9")

    assert encryption(Write("plc-9", "opcua")) == "by default"
    assert encryption(Write("plc-9", "opcua", security_policy="Basic256Sha256")) == "yes"
    assert encryption(Write("plc-9", "opcua", security_policy="None")) == "no"
    assert encryption(Write("plc-9", "modbus_tcp")) == "no"


def test_the_fallback_writes_with_the_policy_that_is_declared_for_the_write() -> None:
    case = replace(CAP_CHECK, writes=(Write("plc-9", "opcua", security_policy="None"),))
    absent = replace(CAP_CHECK.absent, do="safe_action")
    site = replace(BIGGER, use_cases=(replace(case, absent=absent),))
    flows = [flow for flow in derive_flows(site, [ON_SERVER]) if flow.target == "plc-9"]
    assert {flow.source: flow.encryption for flow in flows} == {"server": "no", "line2-gpu": "no"}
