"""The firewall as a reader: nft checks and applies a box's rules, and packets try to get through.

Outside is a second box at the other end of a cable. It has an address for each endpoint that the
rules name, and one that nobody declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.real.needs import needs
from tests.real.readers.box import Box

RULES = "etc/nftables.d/edgeward.nft"
ADDRESSES = "etc/edgeward/addresses.d"
STRANGER = "stranger"
_BOX, _OUTSIDE = "10.9.8.1", "10.9.8.100"
_LISTEN = """
import selectors, socket, sys
waiting = selectors.DefaultSelector()
for word in sys.argv[1:]:
    transport, _, address, port = word.split(":")
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    each = socket.socket(socket.AF_INET, kind)
    # What the listener before accepted may still be closing.
    each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    each.bind((address, int(port)))
    if transport == "tcp":
        each.listen()
    waiting.register(each, selectors.EVENT_READ)
print("listening", flush=True)
while True:
    for key, _ in waiting.select():
        if key.fileobj.type == socket.SOCK_STREAM:
            key.fileobj.accept()[0].close()
        else:
            key.fileobj.sendto(b"yes", key.fileobj.recvfrom(9)[1])
"""
# Prints those of its arguments, transport:own address:address:port, that can be reached.
_REACH = """
import concurrent.futures, socket, sys
def reach(word):
    transport, own, address, port = word.split(":")
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as each:
        each.settimeout(0.7)
        try:
            each.bind((own, 0))
            each.connect((address, int(port)))
            if transport == "udp":
                each.send(b"?")
                each.recv(9)
        except OSError:
            return None
    return word
with concurrent.futures.ThreadPoolExecutor(32) as pool:
    print(*filter(None, pool.map(reach, sys.argv[1:])))
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """A connection to try: from the box to `endpoint`, or with `incoming` the other way."""

    endpoint: str
    transport: str
    port: int
    incoming: bool = False


def read_firewall(folder: Path) -> list[str]:
    """Everything that is wrong with the rules below `folder`; empty for a good bundle."""
    with Box(folder) as box:
        refused = nft(box, "-c", "-f", f"/{RULES}")
        if refused:
            return [refused]
        found = [nft(box, "-f", f"/{RULES}")]
        tables = box.run(str(needs("nft")), "list", "tables").stdout.splitlines()
        found += [] if tables == ["table inet edgeward"] else [f"tables: {tables}"]
        first = list_rules(box)
        found.append(nft(box, "-f", f"/{RULES}"))
        found += [] if list_rules(box) == first else ["applied twice, the rules differ"]
    return [line for line in found if line]


def nft(box: Box, *arguments: str) -> str:
    """What nft refuses with; empty where it does not."""
    done = box.run(str(needs("nft")), *arguments)
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit {done.returncode}"


def list_rules(box: Box) -> str:
    """The table as it is in force, without its counters."""
    return box.run(str(needs("nft")), "-s", "list", "table", "inet", "edgeward").stdout


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A box with its rules in force, and outside; `addresses` are the endpoints' by name."""

    box: Box
    outside: Box
    addresses: Mapping[str, str]

    def reached(self, probes: Iterable[Probe]) -> set[Probe]:
        """Those of the probes that get through."""
        tried = tuple(probes)
        out = [probe for probe in tried if not probe.incoming]
        return self._try(out, self.box, self.outside) | self._try(
            [probe for probe in tried if probe.incoming], self.outside, self.box
        )

    def counted(self) -> int:
        """How many packets met the rule for what is not declared."""
        listed = nft_list(self.box)
        return sum(map(int, re.findall(r'packets (\d+) .*comment "not declared"', listed)))

    def _try(self, probes: list[Probe], source: Box, target: Box) -> set[Probe]:
        words = {self._word(probe): probe for probe in probes}
        if not words:
            return set()
        log = target.folder / "listener.log"
        with target.python_in_background(_LISTEN, *_ends(words), log=log):
            reached = source.python(_REACH, *words)
        assert reached.returncode == 0, reached.stderr
        return {words[word] for word in reached.stdout.split()}

    def _word(self, probe: Probe) -> str:
        there = self.addresses[probe.endpoint]
        own, address = (there, _BOX) if probe.incoming else (_BOX, there)
        return f"{probe.transport}:{own}:{address}:{probe.port}"


def _ends(words: Iterable[str]) -> list[str]:
    """One word for each place to listen at, whoever tries to reach it."""
    return list({word.split(":", 2)[0] + word.split(":", 2)[2]: word for word in words}.values())


def nft_list(box: Box) -> str:
    return box.run(str(needs("nft")), "list", "table", "inet", "edgeward").stdout


@contextmanager
def neighbourhood(folder: Path) -> Iterator[Neighbourhood]:
    """The box below `folder`, with an address in every set that its rules name."""
    sets = dict(_named_sets((folder / RULES).read_text()))
    addresses = {name: f"10.9.8.{101 + index}" for index, name in enumerate([STRANGER, *sets])}
    filled = [
        f"add element inet edgeward {sets[name]} {{ {addresses[name]} }}\n" for name in sorted(sets)
    ]
    (folder / ADDRESSES).mkdir(parents=True)
    (folder / ADDRESSES / "plant.nft").write_text("".join(filled))
    outside_folder = folder / "outside"
    with Box(folder) as box, Box(outside_folder) as outside:
        box.plug_into(outside, _BOX, _OUTSIDE)
        for address in addresses.values():
            outside.add_address(address)
        refused = nft(box, "-f", f"/{RULES}")
        assert not refused, refused
        yield Neighbourhood(box, outside, addresses)


def _named_sets(rules: str) -> Iterator[tuple[str, str]]:
    """Each endpoint, as the comment above its set calls it, and the set's name."""
    for comment, name in re.findall(r"(?:# ([^\n]+)\n)?\tset (\w+) \{", rules):
        yield comment or name, name
