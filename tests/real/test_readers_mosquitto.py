"""mosquitto runs with every broker's files, keeps strangers out, and a broken copy is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edgeward.bundle.bundle import Bundle
from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import PLANTS, bundles_of, unpack
from tests.real.readers.certificates import Authority, Identity
from tests.real.readers.mosquitto import (
    ACCESS,
    CONFIG,
    JOINED,
    Broker,
    cloud_of,
    provide,
    read_broker,
    read_numbers,
    start_broker,
    wait_for,
)

TLS = "/etc/edgeward/tls"
BRIDGED = "made-up-windows"
TOPICS = "bottling-brno/line2-gpu"
CAMERA = "streams.cap-frames"


@pytest.fixture(autouse=True)
def _programs() -> None:
    for name in ("mosquitto", "mosquitto_pub", "mosquitto_sub", "openssl"):
        needs(name)


def _brokers(plant: str) -> list[Bundle]:
    return [each for each in bundles_of(plant) if any(f.path == CONFIG for f in each.files)]


@pytest.fixture
def bridged(tmp_path: Path) -> Path:
    """The unpacked bundle of a box whose broker sends to the cloud."""
    return unpack(_brokers(BRIDGED)[0], tmp_path)


@pytest.mark.parametrize("plant", PLANTS)
def test_every_broker_runs_without_a_complaint(plant: str, tmp_path: Path) -> None:
    for bundle in _brokers(plant):
        assert read_broker(unpack(bundle, tmp_path / bundle.name)) == []


def test_there_are_brokers_to_read() -> None:
    assert sum(len(_brokers(plant)) for plant in PLANTS) >= 5


# What mosquitto itself refuses, and below the line what it starts with as if nothing were wrong.
BROKEN = {
    "an unknown setting": ("^acl_file", "acl_fille", "Unknown configuration variable"),
    "a missing certificate": ("^certfile .*", f"certfile {TLS}/none.pem", "Unable to load server"),
    "a missing authority": ("^cafile .*", f"cafile {TLS}/none.pem", "Unable to load CA"),
    "a certificate that is none": ("^certfile .*", "certfile /etc/hosts", "Unable to load server"),
    "a word for a switch": ("^allow_anonymous .*", "allow_anonymous maybe", "Invalid"),
    "a quality that is none": (r"out 1$", "out 9", "Invalid bridge QoS"),
    # ---
    "a word for a number": ("^max_queued_messages .*", "max_queued_messages ten", "not a number"),
    "a number too large": ("^max_queued_messages .*", "max_queued_messages 4294967297", "not a"),
    "an authority and no certificate": ("^(certfile|keyfile) .*", "", "is refused"),
    "nowhere to keep messages": ("^persistence_location .*", "persistence_location /no/", "saving"),
    "a bridge without its key": ("^bridge_keyfile .*", f"bridge_keyfile {TLS}/none.key", "key"),
    "a bridge that trusts another": ("^bridge_cafile .*", f"bridge_cafile {TLS}/plant-ca.pem", "."),
    "no certificate asked for": ("^require_certificate true", "", "is refused|admitted"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, bridged: Path) -> None:
    pattern, replacement, complaint = BROKEN[name]
    config = bridged / CONFIG
    changed, count = re.subn(pattern, replacement, config.read_text(), flags=re.M)
    assert count, "the copy is not broken"
    config.write_text(changed)
    found = read_broker(bridged)
    assert any(re.search(complaint, line) for line in found), found


def test_an_access_list_that_the_broker_may_not_read_is_refused(bridged: Path) -> None:
    shutil.chown(bridged / ACCESS, "root", "root")
    assert any("Unable to open acl_file" in line for line in read_broker(bridged))


def test_zero_is_a_number() -> None:
    assert read_numbers("max_queued_messages 0\n# max_queued_bytes many\n") == []


@contextmanager
def _running(folder: Path) -> Iterator[tuple[Broker, Broker]]:
    """The box's broker and the cloud's, joined by the bridge."""
    plant = provide(folder)
    with Box(folder) as box, cloud_of(box) as cloud:
        broker = start_broker(box, plant)
        assert wait_for(broker, JOINED), broker.log.read_text()
        yield broker, cloud


def test_a_client_may_do_what_is_its_own_and_nothing_else(bridged: Path) -> None:
    with _running(bridged) as (broker, _):
        camera = broker.client(CAMERA)
        assert broker.publish("local/streams/cap-frames/1", "x", camera) == ""
        assert "Not authorized" in broker.publish("local/scores/cap-check/1", "x", camera)
        unlisted = broker.client("streams.other")
        assert "Not authorized" in broker.publish("local/streams/cap-frames/1", "x", unlisted)


def test_nobody_is_let_in_without_a_certificate_of_the_plant(bridged: Path) -> None:
    with _running(bridged) as (broker, _):
        topic = "local/streams/cap-frames/1"
        assert broker.publish(topic, "x", None) != ""
        folder = bridged / "foreign"
        folder.mkdir()
        foreign = Authority(folder / "ca.pem", "plant")
        forged = foreign.issue(Identity(folder / "a.pem", folder / "a.key"), CAMERA)
        assert broker.publish(topic, "x", forged) != ""


def test_what_may_leave_reaches_the_cloud_and_the_rest_stays(bridged: Path) -> None:
    with _running(bridged) as (broker, cloud):
        listener = cloud.subscribe_inside("#")
        camera = broker.client(CAMERA)
        assert broker.publish("local/streams/cap-frames/1", "stays", camera) == ""
        assert broker.publish(f"{TOPICS}/streams/cap-frames/1", "leaves", camera) == ""
        assert cloud.received(listener) == "leaves"


def test_what_waits_for_the_cloud_outlives_a_restart_of_the_broker(bridged: Path) -> None:
    plant = provide(bridged)
    with Box(bridged) as box:
        before = start_broker(box, plant)
        camera = before.client(CAMERA)
        assert before.publish(f"{TOPICS}/streams/cap-frames/1", "waited", camera) == ""
        before.stop()
        with cloud_of(box) as cloud:
            listener = cloud.subscribe_inside("#")
            start_broker(box, plant)
            assert cloud.received(listener) == "waited"


def test_an_answer_of_the_cloud_reaches_its_use_case(tmp_path: Path) -> None:
    folder = unpack(_brokers("made-up-answers")[0], tmp_path)
    topic = "bottling-brno/line2-gpu/answers/cap-check/1"
    with _running(folder) as (broker, cloud):
        listener = broker.subscribe(topic, broker.client("use_cases.cap-check"))
        assert wait_for(cloud, "Sending SUBACK")
        cloud.publish_inside(topic, "defect")
        assert broker.received(listener) == "defect"
