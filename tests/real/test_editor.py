"""An editor with yaml-language-server and the schemas of docs/schema, over the example plants."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.real.needs import needs

_ROOT = Path(__file__).parents[2]
_PLANTS = sorted(_ROOT.glob("sites/*/site.yaml"))
_BOTTLING = _ROOT / "sites" / "bottling-brno" / "site.yaml"
_CAN = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {}},
    },
    "workspace": {"configuration": True},
}


class _Editor:
    """Talks to the language server by JSON-RPC, as an editor does."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._number = 0
        self.ask("initialize", processId=None, rootUri=_ROOT.as_uri(), capabilities=_CAN)
        self._send(method="initialized", params={})

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Show a file; gives back what is marked in it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def at(self, method: str, path: Path, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self.ask(method, textDocument={"uri": path.as_uri()}, position=position)

    def ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._send(id=self._number, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message["result"]

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while head := self._process.stdout.readline().strip():
            name, _, value = head.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has gone"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:  # it asks for settings; there are none
            asked = message["params"].get("items", []) if "params" in message else []
            self._send(id=message["id"], result=[{} for _ in asked])
        return message


@pytest.fixture(scope="module")
def editor() -> Iterator[_Editor]:
    command = [str(needs("yaml-language-server")), "--stdio"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        try:
            yield _Editor(process)
        finally:
            process.kill()


@pytest.mark.parametrize("plant", _PLANTS, ids=lambda path: path.parent.name)
def test_nothing_is_marked_in_an_example(editor: _Editor, plant: Path) -> None:
    assert editor.open(plant, plant.read_text(encoding="utf-8")) == []


def test_a_key_is_explained_and_the_next_ones_are_offered(editor: _Editor) -> None:
    lines = _BOTTLING.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines) if "uplink_mbps" in text)
    lines.insert(line + 1, "  ")
    path = _BOTTLING.with_name("hover.yaml")
    editor.open(path, "\n".join(lines))
    hover = editor.at("textDocument/hover", path, line, 5)["contents"]["value"]
    assert "From the plant to the cloud, in megabits per second" in hover
    offered = editor.at("textDocument/completion", path, line + 1, 2)["items"]
    assert "rtt_p99_ms" in {each["label"] for each in offered}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("uplink_mbps: 50", "uplink_mbps: fast", "Incorrect type"),
        ("uplink_mbps: 50", "uplink_mps: 50", "uplink_mps"),
        ("tier: best_effort_wan", "tier: best_effort", "Value"),
    ],
)
def test_what_is_wrong_is_marked(editor: _Editor, right: str, wrong: str, says: str) -> None:
    text = _BOTTLING.read_text(encoding="utf-8")
    assert right in text
    path = _BOTTLING.with_name(f"{wrong.partition(':')[0]}-{says.split(maxsplit=1)[0]}.yaml")
    marked = editor.open(path, text.replace(right, wrong))
    assert says in " ".join(each["message"] for each in marked)
    assert {each["range"]["start"]["line"] for each in marked} == {
        text[: text.index(right)].count("\n")
    }
