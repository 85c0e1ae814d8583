"""nft takes every box's rules, they let through what is declared, and a broken copy is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from edgeward.bundle.bundle import Bundle
from edgeward.facts.protocol import find_protocol
from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import PLANTS, bundles_of, manifest, unpack
from tests.real.readers.nft import (
    ADDRESSES,
    RULES,
    STRANGER,
    Probe,
    list_rules,
    neighbourhood,
    nft,
    read_firewall,
)

UNDECLARED = 4444


@pytest.fixture(autouse=True)
def _programs() -> None:
    needs("nft")


def _firewalls(plant: str) -> list[Bundle]:
    return [each for each in bundles_of(plant) if any(f.path == RULES for f in each.files)]


@pytest.fixture
def box_folder(tmp_path: Path) -> Path:
    return unpack(_firewalls("made-up-windows")[0], tmp_path)


@pytest.mark.parametrize("plant", PLANTS)
def test_every_firewall_is_taken_alone_and_twice(plant: str, tmp_path: Path) -> None:
    for bundle in _firewalls(plant):
        assert read_firewall(unpack(bundle, tmp_path / bundle.name)) == []


def test_there_are_firewalls_to_read() -> None:
    assert sum(len(_firewalls(plant)) for plant in PLANTS) >= 5


BROKEN = {
    "a syntax error": ("ct state established,related accept", "ct state ,, accept", "syntax error"),
    "an unknown chain": ("oif lo accept", "oif lo jump nowhere", "No such file or directory"),
    "an unknown set": ("ip daddr @resolvers", "ip daddr @solvers", "@solvers"),
    "a port that is none": ("dport 53", "dport 70000", "out of range"),
    "a word for a policy": ("policy drop", "policy perhaps", "unexpected|syntax error"),
    "a second table": ("^include", "table inet other {}\ninclude", "tables: "),
    "a table that grows": ("^delete table inet edgeward$", "", "applied twice"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, box_folder: Path) -> None:
    pattern, replacement, complaint = BROKEN[name]
    rules = box_folder / RULES
    changed, count = re.subn(pattern, replacement, rules.read_text(), flags=re.M)
    assert count, "the copy is not broken"
    rules.write_text(changed)
    found = read_firewall(box_folder)
    assert any(re.search(complaint, line) for line in found), found


def test_a_wrong_address_leaves_the_rules_that_were_in_force(box_folder: Path) -> None:
    addresses = box_folder / ADDRESSES
    addresses.mkdir(parents=True)
    with Box(box_folder) as box:
        assert nft(box, "-f", f"/{RULES}") == ""
        before = list_rules(box)
        (addresses / "plant.nft").write_text("add element inet edgeward nobody { 192.0.2.1 }\n")
    with Box(box_folder) as box:
        assert nft(box, "-f", f"/{RULES}") != ""
        assert list_rules(box) == ""
    assert "chain input" in before


def _declared(bundle: Bundle) -> Iterator[Probe]:
    """What the manifest says that the box may open, or may be opened to it."""
    for flow in manifest(bundle)["connects"]:
        if flow["port"] is not None:
            incoming = flow["to"] == bundle.device
            other = flow["from"] if incoming else flow["to"]
            transport = find_protocol(flow["protocol"]).transport
            yield Probe(other, transport, int(flow["port"]), incoming)


@pytest.mark.parametrize("plant", PLANTS)
def test_what_is_declared_gets_through_and_nothing_else(plant: str, tmp_path: Path) -> None:
    for bundle in _firewalls(plant):
        folder = unpack(bundle, tmp_path / bundle.name)
        declared = set(_declared(bundle))
        undeclared = {
            Probe(endpoint, "tcp", UNDECLARED, incoming)
            for endpoint in {STRANGER, *(probe.endpoint for probe in declared)}
            for incoming in (True, False)
        } | {Probe(STRANGER, each.transport, each.port, each.incoming) for each in declared}
        with neighbourhood(folder) as here:
            assert here.reached(declared) == declared
            assert here.counted() == 0
            only_logs = "policy accept" in (folder / RULES).read_text()
            assert here.reached(undeclared) == (undeclared if only_logs else set())
            assert here.counted() >= len(undeclared)
