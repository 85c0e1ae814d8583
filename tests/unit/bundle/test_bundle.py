"""Bundles: whole trees, and what a hostile declaration can do to them, which is nothing."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from edgeward.bundle.bundle import render_bundles
from edgeward.bundle.uploads import PROGRAM_PATH
from edgeward.errors import InvalidDeclaration
from edgeward.quantity import exact, unknown
from edgeward.site import Asset, Flow, Freeze, RemoteAccess, Site, Window, Windows
from edgeward.use_case import Absent, Condition, Outcome, Write
from tests.conftest import Golden
from tests.samples import CAP_CHECK, DECISION, FRAMES, GATEWAY, PLACEMENT, SITE
from tests.unit.bundle.rendering import CATALOG, PACKS, directives, render, text_of

_ABSENT = Absent("stop", exact(1), exact(1), exact(1))
HOSTILE = (
    "a \"quoted' text",
    "line one\nallow_anonymous true\n",
    "carriage\rreturn",
    "{{ 7 * 7 }} {% for x in broker %}",
    "# comment ; } flush ruleset",
    "$(reboot) `reboot` ${HOME} %n %%",
    "\\",
    "ends in a backslash \\",
    "zero\0byte",
    "right\u202eto left\u2066 marks",
    "next\u0085line\u2028and paragraph\u2029marks",
    "long " * 2000,
    "#",
    "   ",
    "]\n[Service]\nExecStart=/bin/sh",
    '" accept\n\t\taccept comment "',
    "../../etc/passwd",
    "+/#",
)


def _written_to(text: str) -> Site:
    return replace(SITE, use_cases=(replace(CAP_CHECK, writes=(Write(text, "opcua", exact(1)),)),))


def _model(**changes: str) -> Site:
    assert CAP_CHECK.model is not None
    model = replace(CAP_CHECK.model, **changes)  # type: ignore[arg-type]
    return replace(SITE, use_cases=(replace(CAP_CHECK, model=model),))


def _use_case(**changes: object) -> Site:
    return replace(SITE, use_cases=(replace(CAP_CHECK, **changes),))  # type: ignore[arg-type]


def _on(runtime: str, site: Site) -> Site:
    return replace(site, devices=(replace(GATEWAY, runtime=runtime),))


def _because(text: str) -> Site:
    assert FRAMES.leaves is not None
    stream = replace(FRAMES, leaves=replace(FRAMES.leaves, because=text))
    return replace(SITE, streams=(stream,))


def _uploads(site: Site = SITE, **cloud: str) -> Site:
    """Offline first, so that what leaves is uploaded."""
    offline = replace(site.connectivity, tier="offline_first")
    return replace(site, connectivity=offline, cloud=replace(site.cloud, **cloud))  # type: ignore[arg-type]


def _sync(start: str) -> Windows:
    return Windows(sync=(Window(start=start, duration_hours=exact(4)),))


def _window(start: str = "06:00", day: str = "sun") -> Site:
    window = Window(start=start, duration_hours=exact(4), days=(day,))
    return replace(SITE, windows=Windows(maintenance=(window,)))


FIELDS: dict[str, Callable[[str], Site]] = {
    "title": lambda text: replace(SITE, title=text),
    "file": lambda text: replace(SITE, file=text),
    "timezone": lambda text: replace(SITE, timezone=text),
    "cloud.endpoint": lambda text: replace(SITE, cloud=replace(SITE.cloud, endpoint=text)),
    "windows.start": lambda text: _window(start=text),
    "windows.days": lambda text: _window(day=text),
    "windows.freezes": lambda text: replace(
        SITE, windows=replace(SITE.windows, freezes=(Freeze(text, text),))
    ),
    "devices.other_software": lambda text: replace(
        SITE, devices=(replace(GATEWAY, other_software=(text,)),)
    ),
    "streams.leaves.because": _because,
    "streams.protocol": lambda text: replace(SITE, streams=(replace(FRAMES, protocol=text),)),
    "flows.to": lambda text: replace(SITE, flows=(Flow("line2-gpu", text, "opcua", exact(1)),)),
    "flows.from": lambda text: replace(SITE, flows=(Flow(text, "line2-gpu", "ssh", exact(22)),)),
    "use_cases.action": lambda text: replace(SITE, use_cases=(replace(CAP_CHECK, action=text),)),
    "use_cases.writes.to": _written_to,
    "use_cases.model.name": lambda text: _model(name=text),
    "use_cases.model.version": lambda text: _model(version=text),
    "use_cases.model.precision": lambda text: _model(precision=text),
    "owner": lambda text: replace(SITE, owner=text),
    "cloud.region": lambda text: replace(SITE, cloud=replace(SITE.cloud, region=text)),
    "cloud.telemetry": lambda text: replace(SITE, cloud=replace(SITE.cloud, telemetry=text)),
    "remote_access.via": lambda text: replace(SITE, remote_access=RemoteAccess(text)),
    "streams.per": lambda text: replace(SITE, streams=(replace(FRAMES, per=text),)),
    "use_cases.absent.text": lambda text: _use_case(absent=replace(_ABSENT, text=text)),
    "use_cases.absent.then": lambda text: _use_case(absent=replace(_ABSENT, then=text)),
    "use_cases.rollback.to": lambda text: _use_case(rollback_to=text),
    "use_cases.drift.metric": lambda text: _use_case(drift=Condition(text, exact(1), text, text)),
    "use_cases.rollback.metric": lambda text: _use_case(rollback=Condition(text, exact(1), text)),
    "use_cases.outcome.measure": lambda text: _use_case(outcome=Outcome(text, exact(4), exact(1))),
    "greengrass: use_cases.action": lambda text: _on("greengrass", _use_case(action=text)),
    "greengrass: use_cases.model.version": lambda text: _on("greengrass", _model(version=text)),
    "uploads: title": lambda text: _uploads(replace(SITE, title=text)),
    "uploads: timezone": lambda text: _uploads(replace(SITE, timezone=text)),
    "uploads: cloud.account": lambda text: _uploads(account=text),
    "uploads: cloud.credentials_endpoint": lambda text: _uploads(credentials_endpoint=text),
    "uploads: cloud.region": lambda text: _uploads(region=text),
    "uploads: windows.sync": lambda text: _uploads(replace(SITE, windows=_sync(text))),
    "systemd: use_cases.action": lambda text: _on("systemd", _use_case(action=text)),
    "systemd: use_cases.model.version": lambda text: _on("systemd", _model(version=text)),
}


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_directive(field: str, text: str) -> None:
    (harmless,) = render(FIELDS[field](_plain_for(field)))
    try:
        (bundle,) = render(FIELDS[field](text))
    except InvalidDeclaration as error:
        assert error.problems
        assert len(str(error)) < 500
        return
    assert directives(bundle) == directives(harmless)
    json.loads(bundle.manifest)
    for file in bundle.files:
        if file.path == PROGRAM_PATH:
            continue  # no template makes it
        assert file.content.decode("ascii" if file.path.endswith((".nft", ".json")) else "utf-8")
        assert not {"\0", "\r", "\u202e", "\u2066", "\u2028"} & set(file.content.decode())


def _plain_for(field: str) -> str:
    plain = {
        "windows.start": "06:00",
        "windows.days": "sun",
        "windows.freezes": "2026-12-20",
        "cloud.endpoint": "a.example",
        "uploads: windows.sync": "06:00",
    }
    return plain.get(field, "1.0.0" if field.endswith("version") else "plain")


@pytest.mark.parametrize("name", ["../up", "a/b", "A", "a b", "a\n", ".", "", "-a", "a\0"])
def test_a_name_that_would_leave_its_folder_is_refused(name: str) -> None:
    site = replace(
        SITE, devices=(replace(GATEWAY, name=name),), streams=(replace(FRAMES, at=name),)
    )
    decision = replace(DECISION, placements=(replace(PLACEMENT, device=name),))
    with pytest.raises(InvalidDeclaration, match=r"small letters|plain word|firewall"):
        render(site, decision)


def test_endpoints_that_the_firewall_cannot_tell_apart_are_refused() -> None:
    flows = tuple(Flow("line2-gpu", to, "opcua", exact(4840)) for to in ("PLC 2", "plc_2"))
    with pytest.raises(InvalidDeclaration, match="cannot tell"):
        render(replace(SITE, flows=flows))


def test_boxes_that_would_share_a_folder_are_refused() -> None:
    pair = replace(GATEWAY, boxes=exact(2))
    other = replace(GATEWAY, name="line2-gpu-2")
    decision = replace(
        DECISION,
        placements=(PLACEMENT, replace(PLACEMENT, device="line2-gpu-2")),
    )
    with pytest.raises(InvalidDeclaration, match="line2-gpu-2"):
        render(replace(SITE, devices=(pair, other)), decision)


def test_the_sample_plant_renders_what_was_reviewed(golden: Golden) -> None:
    files = {f"{b.name}/{file.path}": file.content for b in render() for file in b.files}
    golden("bottling-brno/devices", files)


def test_the_bytes_depend_on_nothing_but_the_inputs() -> None:
    program = (
        "import hashlib; from tests.unit.bundle.rendering import render; "
        "print(hashlib.sha256(repr(render()).encode()).hexdigest())"
    )
    seen = {hashlib.sha256(repr(render()).encode()).hexdigest()}
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Chicago", "tr_TR.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        seen.add(done.stdout.strip())
    assert len(seen) == 1


def test_the_manifest_has_a_digest_of_every_file() -> None:
    (bundle,) = render()
    listed = json.loads(bundle.manifest)["files"]
    contents = {file.path: file.content for file in bundle.files if file.path != "manifest.json"}
    assert {entry["path"] for entry in listed} == set(contents)
    for entry in listed:
        assert entry["sha256"] == hashlib.sha256(contents[entry["path"]]).hexdigest()
        assert entry["size"] == len(contents[entry["path"]])


def test_the_manifest_says_what_is_missing_and_what_happens_without_the_model() -> None:
    (bundle,) = render()
    manifest = json.loads(bundle.manifest)
    assert any("cloud.endpoint" in need for need in manifest["needs"])
    degraded = {each["when"]: each["do"] for each in manifest["use_cases"][0]["degraded"]}
    assert degraded["no_broker"] == "human"
    (named,) = render(replace(SITE, cloud=replace(SITE.cloud, endpoint="mqtt.example.com")))
    assert not any("cloud.endpoint" in need for need in json.loads(named.manifest)["needs"])
    assert "address mqtt.example.com:8883" in text_of(named, "etc/mosquitto/mosquitto.conf")


def test_a_microcontroller_gets_its_parameters_and_is_told_so() -> None:
    site = replace(SITE, devices=(replace(GATEWAY, class_name="mcu_board", runtime="mcu"),))
    (bundle,) = render(site)
    manifest = json.loads(bundle.manifest)
    assert [file.path for file in bundle.files] == ["manifest.json"]
    assert "firmware" in manifest["needs"][0]
    assert manifest["use_cases"][0]["budget_ms"] == 60


def test_every_box_has_a_client_and_topics_of_its_own() -> None:
    site = replace(SITE, assets=(Asset("filler", exact(3)),))
    site = replace(site, devices=(replace(GATEWAY, per="filler"),))
    bundles = render(site)
    assert [bundle.name for bundle in bundles] == ["line2-gpu-1", "line2-gpu-2", "line2-gpu-3"]
    third = text_of(bundles[2], "etc/mosquitto/mosquitto.conf")
    assert "remote_clientid bottling-brno--line2-gpu--3" in third
    topic = "topic bottling-brno/line2-gpu/bottling-brno--line2-gpu--3/streams/cap-frames/# out 1"
    assert topic in third


def test_uncounted_boxes_get_a_pattern_and_the_manifest_says_so() -> None:
    assets = (Asset("filler", unknown("assets.filler.count")),)
    site = replace(SITE, assets=assets, devices=(replace(GATEWAY, per="filler"),))
    (bundle,) = render(site)
    assert "a name of its own" in json.loads(bundle.manifest)["needs"][0]


def test_a_controller_that_is_only_written_to_gets_no_bundle() -> None:
    plc = replace(GATEWAY, name="plc-2", class_name=None, runtime=None)
    assert [b.name for b in render(replace(SITE, devices=(GATEWAY, plc)))] == ["line2-gpu"]


@pytest.mark.parametrize(
    ("runtime", "runtimes", "says"),
    [
        (None, (), "say which of compose, systemd, greengrass"),
        ("kubernetes", ("compose",), "say which of"),
        ("greengrass", ("compose",), "its class has no greengrass; it has: compose"),
    ],
)
def test_a_runtime_that_no_class_has_is_refused(
    runtime: str | None, runtimes: tuple[str, ...], says: str
) -> None:
    site = replace(SITE, devices=(replace(GATEWAY, runtime=runtime),))
    known = replace(CATALOG.device_classes["ipc_gpu_lineside"], runtimes=runtimes)
    catalog = replace(CATALOG, device_classes={"ipc_gpu_lineside": known})
    with pytest.raises(InvalidDeclaration, match=says):
        render_bundles(site, DECISION, catalog, PACKS)


def test_a_class_that_has_one_runtime_needs_no_other_word() -> None:
    site = replace(SITE, devices=(replace(GATEWAY, runtime=None),))
    assert any(file.path.endswith("compose.yaml") for file in render(site)[0].files)


def test_a_decision_without_a_device_has_no_bundle() -> None:
    site = replace(SITE, streams=(replace(FRAMES, at=None),))
    assert render(site, replace(DECISION, placements=())) == ()
