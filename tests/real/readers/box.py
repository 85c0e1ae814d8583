"""A stand-in for a plant's box: this machine's programs in namespaces of their own.

Its /etc is the bundle over the machine's own, read-only; its network is its loopback and the
cables that a test lays. Nothing of it is seen outside, and all of it is gone when it ends.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.real.needs import needs, needs_namespaces

# $1: the folder whose etc/ lies over /etc. It ends when its standard input does.
_HOLD = """
mount -t overlay overlay -o "lowerdir=$1/etc:/etc" /etc
for folder in /run /var/lib/mosquitto; do
    if [ -d "$folder" ]; then mount -t tmpfs none "$folder"; fi
done
if id mosquitto >/dev/null 2>&1; then chown mosquitto /var/lib/mosquitto; fi
"$2" link set lo up
echo ready
exec cat
"""
# A test that is killed leaves nothing running for longer than this.
_LONGEST_SECONDS = 60
_numbers = count(1)


class Box:
    """The namespaces of one box, from `with Box(folder) as box` to the end of the block."""

    def __init__(self, folder: Path, longest_seconds: int = _LONGEST_SECONDS) -> None:
        needs_namespaces()
        self.folder = folder
        self._longest_seconds = str(longest_seconds)
        self._stack = ExitStack()
        self.cable_end = ""

    def __enter__(self) -> Self:
        (self.folder / "etc").mkdir(parents=True, exist_ok=True)
        hold = ["sh", "-euc", _HOLD, "sh", str(self.folder), str(needs("ip"))]
        self._holder = self._stack.enter_context(
            subprocess.Popen(
                [str(needs("unshare")), "--mount", "--net", *hold],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == "ready\n", "the namespaces could not be set up"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def run(self, *command: str, seconds: float = 20) -> subprocess.CompletedProcess[str]:
        """What the program says, with its exit code."""
        return subprocess.run(
            [*self._inside(), *command],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def start(self, *command: str, log: Path) -> subprocess.Popen[bytes]:
        """The program, running until it is terminated or the box ends."""
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*self._inside(), "timeout", self._longest_seconds, *command],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        self._stack.enter_context(process)
        self._stack.callback(process.terminate)
        return process

    def python(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The output of a small Python program."""
        return self.run(sys.executable, "-I", "-c", program, *arguments)

    @contextmanager
    def python_in_background(self, program: str, *arguments: str, log: Path) -> Iterator[None]:
        """A small Python program that runs during a block, from the first line that it says."""
        process = self.start(sys.executable, "-I", "-c", program, *arguments, log=log)
        while not log.read_text() and process.poll() is None:
            time.sleep(0.01)
        assert process.poll() is None, log.read_text()
        yield
        process.terminate()
        process.wait()

    def plug_into(self, other: Box, here: str, there: str) -> None:
        """Lay a cable between two boxes; the addresses are in one network of /24."""
        name = f"cable{next(_numbers)}"
        ends = (f"{name}a", f"{name}b")
        self._ip("link", "add", ends[0], "type", "veth", "peer", "name", ends[1])
        self._ip("link", "set", ends[1], "netns", str(other._holder.pid))
        for box, end, address in ((self, ends[0], here), (other, ends[1], there)):
            box.cable_end = end
            box.add_address(address)
            box._ip("link", "set", end, "up")

    def add_address(self, address: str) -> None:
        """One more address for the cable's end."""
        self._ip("address", "add", f"{address}/24", "dev", self.cable_end)

    def _ip(self, *arguments: str) -> None:
        done = self.run(str(needs("ip")), *arguments)
        assert done.returncode == 0, done.stderr

    def _inside(self) -> list[str]:
        return [str(needs("nsenter")), "--target", str(self._holder.pid), "--mount", "--net"]
