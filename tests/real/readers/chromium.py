"""Chromium without a window as a reader of the report, by its own protocol over two pipes.

A message is JSON and ends with a zero byte (`--remote-debugging-pipe`): the browser reads file
descriptor 3 and writes 4, so neither a port nor a further package is needed.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.real.needs import needs

_LAUNCH = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
# What is wrong with the look of a page, once everything on it is unfolded.
_UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"
_LOOK = Path(__file__).with_name("look.js").read_text("utf-8")
# What axe finds that keeps somebody from reading or using the page.
_BARRIERS = """
axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations
  .filter(({impact}) => impact === "serious" || impact === "critical")
  .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} at ${target}`)))
"""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees of one page, at one width and in one colour scheme.

    `errors` are from the console; `requests` what the page asked the network for; `too_wide`
    elements that stick out of the window; `faint` texts with a contrast below 4.5 to 1 (WCAG AA);
    `barriers` what axe calls serious or critical.
    """

    errors: tuple[str, ...]
    requests: tuple[str, ...]
    too_wide: tuple[str, ...]
    faint: tuple[str, ...]
    barriers: tuple[str, ...]
    links: tuple[str, ...]


class Chromium:
    """A browser with one tab, from `with Chromium(profile) as browser` to the end of the block."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._number = 0
        self._session = ""
        self._events: list[Json] = []

    def __enter__(self) -> Self:
        to_read, write = _pipe()
        read, to_write = _pipe()
        program = [str(needs("chromium")), *_FLAGS, f"--user-data-dir={self._profile}"]
        launch = [sys.executable, "-c", _LAUNCH, str(to_read), str(to_write)]
        self._process = subprocess.Popen(
            [*launch, *program, "about:blank"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._write, self._read = os.fdopen(write, "wb", 0), os.fdopen(read, "rb")
        self._open_tab()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # It ends when nobody is at the other end of the pipe.
        self._write.close()
        self._read.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def look_at(self, page: Path, width: int, scheme: str) -> Look:
        """Open a file as a window of `width` pixels shows it, light or dark, all of it unfolded."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._call("Emulation.setEmulatedMedia", features=[feature])
        self._events.clear()
        self._call("Page.navigate", url=page.as_uri())
        self._wait_for("Page.loadEventFired")
        self.evaluate(_UNFOLD)
        value = self.evaluate(_LOOK)
        return Look(
            errors=tuple(_errors(self._events)),
            requests=tuple(_requests(self._events)),
            too_wide=tuple(value["tooWide"]),
            faint=tuple(value["faint"]),
            barriers=self._barriers(),
            links=tuple(value["links"]),
        )

    def _barriers(self) -> tuple[str, ...]:
        self.evaluate(f"{needs('axe.min.js').read_text('utf-8')}\n;0")
        return tuple(self.evaluate(_BARRIERS))

    def evaluate(self, script: str) -> Any:
        """What a script on the open page gives, or what it promises."""
        seen = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in seen, seen
        return seen["result"].get("value")

    def print_pages(self, page: Path) -> int:
        """How many sheets a file takes when it is printed, on paper as its style asks for."""
        self._events.clear()
        self._call("Page.navigate", url=page.as_uri())
        self._wait_for("Page.loadEventFired")
        printed = base64.b64decode(self._call("Page.printToPDF", preferCSSPageSize=True)["data"])
        return len(re.findall(rb"/Type\s*/Page\b", printed))

    def _open_tab(self) -> None:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, **parameters: object) -> Json:
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._events.append(answer)

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._receive())

    def _receive(self) -> Json:
        message = bytearray()
        while (byte := self._read.read(1)) != b"\0":
            assert byte, "Chromium ended"
            message += byte
        return dict(json.loads(message))


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are neither descriptor 3 nor 4, which the browser's own will be."""
    ends = os.pipe()
    read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return read, write


def _errors(events: list[Json]) -> list[str]:
    found = []
    for event in events:
        told = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                found.append(str(told["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if told["type"] in ("error", "warning", "assert"):
                found.append(str(told["args"]))
            case "Log.entryAdded" if told["entry"]["level"] in ("error", "warning"):
                found.append(str(told["entry"]["text"]))
            case _:
                pass
    return found


def _requests(events: list[Json]) -> list[str]:
    asked = [
        str(event["params"]["request"]["url"])
        for event in events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    # The first is the page itself; what stands in the page as data asks nobody.
    return [each for each in asked[1:] if not each.startswith("data:")]
