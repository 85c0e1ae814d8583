"""What leaves as files goes past the broker, into the spool, and the uploader is told about it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from edgeward.bundle.bundle import Bundle
from edgeward.errors import InvalidDeclaration
from edgeward.quantity import Quantity, between, exact, unknown
from edgeward.site import Asset, Cloud, Leaves, Site, Window
from edgeward.stack.plan import plan_stack
from tests.conftest import Golden
from tests.samples import CAP_CHECK, DECISION, FRAMES, GATEWAY, SITE
from tests.unit.bundle.rendering import CATALOG, render, text_of

PROGRAM = "usr/lib/edgeward/upload-streams"
SETTINGS = "etc/edgeward/uploads.json"
CLOUD = Cloud(
    region="eu-central-1",
    account="123456789012",
    endpoint="abc-ats.iot.eu-central-1.amazonaws.com",
    credentials_endpoint="abc.credentials.iot.eu-central-1.amazonaws.com",
)
OFFLINE = replace(SITE, connectivity=replace(SITE.connectivity, tier="offline_first"), cloud=CLOUD)


def _large(kb: Quantity) -> Site:
    """Online, with items of so many kB."""
    assert FRAMES.leaves is not None
    return replace(SITE, streams=(replace(FRAMES, leaves=replace(FRAMES.leaves, kb=kb)),))


def _on(runtime: str, site: Site = OFFLINE) -> Bundle:
    (bundle,) = render(replace(site, devices=(replace(GATEWAY, runtime=runtime),)))
    return bundle


def _settings(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(render(site)[0], SETTINGS))
    return found


def _paths(bundle: Bundle) -> list[str]:
    return [file.path for file in bundle.files]


def test_the_files_of_an_upload_are_those_that_were_reviewed(golden: Golden) -> None:
    bundle = _on("systemd")
    mine = ("uploads.json", "edgeward-spool.service", "upload.service", "upload.timer")
    files = {file.path: file.content for file in bundle.files if file.path.endswith(mine)}
    assert len(files) == 4
    golden("bottling-brno/uploads", files)


def test_a_plant_with_a_link_and_small_items_carries_no_uploader() -> None:
    paths = _paths(render()[0])
    assert PROGRAM not in paths and SETTINGS not in paths
    assert not any("upload" in path or "spool" in path for path in paths)


@pytest.mark.parametrize("kb", [exact(129), between(40, 400, "streams.cap-frames.leaves.kb")])
def test_what_may_be_too_large_for_a_message_is_uploaded(kb: Quantity) -> None:
    assert PROGRAM in _paths(render(_large(kb))[0])


def test_what_fits_into_a_message_is_not() -> None:
    assert PROGRAM not in _paths(render(_large(exact(128)))[0])


def test_the_broker_passes_nothing_on_that_is_uploaded() -> None:
    bundle = _on("compose")
    conf = text_of(bundle, "etc/mosquitto/mosquitto.conf")
    assert "connection cloud" not in conf and "max_queued" not in conf
    assert "bottling-brno/line2-gpu/streams" not in text_of(bundle, "etc/mosquitto/edgeward.acl")
    assert "cloud_endpoints tcp dport 443" in text_of(bundle, "etc/nftables.d/edgeward.nft")
    assert "8883 counter accept" not in text_of(bundle, "etc/nftables.d/edgeward.nft")


def test_the_other_streams_of_the_box_still_go_by_the_broker() -> None:
    assert FRAMES.leaves is not None
    large = replace(FRAMES, name="whole", leaves=replace(FRAMES.leaves, kb=exact(1600)))
    case = replace(CAP_CHECK, reads=("cap-frames", "whole"))
    (bundle,) = render(replace(SITE, streams=(FRAMES, large), use_cases=(case,)))
    conf = text_of(bundle, "etc/mosquitto/mosquitto.conf")
    assert "max_queued_bytes 115200000" in conf
    assert "streams/cap-frames/#" in conf and "streams/whole" not in conf
    settings = json.loads(text_of(bundle, SETTINGS))
    assert [each["name"] for each in settings["streams"]] == ["whole"]
    assert settings["most_bytes"] == 2880 * 1_600_000
    live = 10 * 0.01 * 40 * 8 / 1000
    assert settings["bytes_per_second"] == int((50 * 0.5 - live) * 125_000)


@pytest.mark.parametrize("runtime", ["systemd", "compose", "greengrass"])
def test_a_service_is_told_where_to_hand_over_and_may_write_there(runtime: str) -> None:
    bundle = _on(runtime)
    (sends,) = json.loads(text_of(bundle, "etc/edgeward/use_cases/cap-check.json"))["sends"]
    assert sends["spool"] == "/var/spool/edgeward/cap-frames" and "topic" not in sends
    allowed = {
        "systemd": ("etc/systemd/system/edgeward-cap-check.service", "SupplementaryGroups=65532"),
        "compose": ("etc/edgeward/compose.yaml", 'target: "/var/spool/edgeward/cap-frames"'),
        "greengrass": ("etc/edgeward/greengrass/deployment.json", '"edgeward-cap-check:65532"'),
    }
    path, word = allowed[runtime]
    assert word in text_of(bundle, path)


def test_the_stack_lets_the_device_put_exactly_where_it_will() -> None:
    plan = plan_stack(OFFLINE, DECISION, CATALOG)
    (access,), settings = plan.accesses, _settings(OFFLINE)
    assert plan.landing is not None and not plan.ingestions
    assert settings["role_alias"] == access.role_alias == plan.identities[0].role_alias
    assert tuple(each["folder"] for each in settings["streams"]) == access.writes
    assert settings["thing"] in plan.identities[0].things
    bucket = f"{plan.landing.bucket_stem}-{CLOUD.account}"
    assert settings["bucket_host"] == f"{bucket}.s3.eu-central-1.amazonaws.com"
    china = replace(OFFLINE, cloud=replace(CLOUD, region="cn-north-1"))
    assert _settings(china)["bucket_host"].endswith(".s3.cn-north-1.amazonaws.com.cn")


def test_every_box_that_uploads_gets_its_part_of_the_link() -> None:
    many = replace(
        OFFLINE,
        assets=(Asset("filler", exact(20)),),
        devices=(replace(GATEWAY, per="filler"),),
        streams=(replace(FRAMES, per="filler"),),
    )
    assert _settings(many)["bytes_per_second"] == 50 * 0.5 * 125_000 / 20


def test_what_nobody_knows_bounds_nothing() -> None:
    nobody = replace(
        OFFLINE.connectivity,
        uplink_mbps=unknown("connectivity.uplink_mbps"),
        worst_outage_hours=unknown("connectivity.worst_outage_hours"),
    )
    settings = _settings(replace(OFFLINE, connectivity=nobody))
    assert (settings["bytes_per_second"], settings["most_bytes"]) == (None, None)


def test_sync_windows_are_the_declared_ones_and_a_day_where_nobody_says_how_long() -> None:
    night = Window("22:00", exact(2), ("sun", "sat"))
    open_end = Window("05:30", unknown("windows.sync.1.duration_hours"))
    site = replace(OFFLINE, windows=replace(SITE.windows, sync=(night, open_end)))
    assert _settings(site)["windows"] == [
        {"days": ["sat", "sun"], "start": "22:00", "seconds": 7200},
        {"days": [], "start": "05:30", "seconds": 86400},
    ]
    wrong = replace(OFFLINE, windows=replace(SITE.windows, sync=(Window("25:00", exact(1)),)))
    with pytest.raises(InvalidDeclaration, match=r"windows\.sync\.0"):
        render(wrong)


def test_the_manifest_says_what_is_still_missing_and_what_cannot_arrive() -> None:
    told = json.loads(render(OFFLINE)[0].manifest)
    assert any("Python 3.11" in need for need in told["needs"])
    assert not any("cloud." in need for need in told["needs"])
    unnamed = json.loads(render(replace(OFFLINE, cloud=Cloud(region="eu-north-1")))[0].manifest)
    for key in ("cloud.account", "cloud.credentials_endpoint"):
        assert any(key in need for need in unnamed["needs"])
    slow = replace(OFFLINE.connectivity, uplink_mbps=exact(0.00001))
    notes = json.loads(render(replace(OFFLINE, connectivity=slow))[0].manifest)["notes"]
    assert any("longer than any sync window" in note for note in notes)
    assert not any("longer than any" in note for note in told["notes"])


def test_a_microcontroller_is_told_what_its_firmware_has_to_do() -> None:
    board = replace(GATEWAY, class_name="mcu_board", runtime=None)
    (bundle,) = render(replace(OFFLINE, devices=(board,)))
    assert _paths(bundle) == ["manifest.json"]
    (need,) = [each for each in json.loads(bundle.manifest)["needs"] if "role alias" in each]
    assert "streams/cap-frames/bottling-brno--line2-gpu/" in need


def test_the_defects_are_uploaded_first() -> None:
    leaves = Leaves("exceptions", exact(0.01), exact(40))
    defects = replace(FRAMES, name="z-defects", leaves=leaves)
    case = replace(CAP_CHECK, reads=("cap-frames", "z-defects"))
    site = replace(OFFLINE, streams=(FRAMES, defects), use_cases=(case,))
    assert [each["name"] for each in _settings(site)["streams"]] == ["z-defects", "cap-frames"]
