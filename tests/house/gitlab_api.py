"""The few calls of GitLab's API that the templates make, answered on the loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "glpat-of-the-tests"
BOT, AUTHOR = 7, 8
REQUEST = "/projects/1/merge_requests/5"


@dataclass
class GitLab:
    """A merge request with its notes; `calls` are those that were answered."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    approved_by: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    url: str = ""

    def note(self, author: int, body: str) -> None:
        self.notes.append({"id": len(self.notes) + 1, "author": {"id": author}, "body": body})

    def answer(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[Any, int]:
        """The document, and the next page where there is one."""
        self.calls.append(f"{method} {path}")
        if method == "POST" and path == f"{REQUEST}/notes":
            self.note(BOT, body)
            return self.notes[-1], 0
        if method == "PUT":
            note = self.notes[int(path.rpartition("/")[2]) - 1]
            note["body"] = body
            return note, 0
        if path == f"{REQUEST}/notes":
            assert query["sort"] == "asc"
            page, size = int(query["page"]), int(query["per_page"])
            rest = self.notes[(page - 1) * size :]
            return rest[:size], page + 1 if len(rest) > size else 0
        documents = {
            "/user": {"id": BOT},
            REQUEST: {"author": {"id": AUTHOR}},
            f"{REQUEST}/versions": self.versions,
            f"{REQUEST}/approvals": {"approved_by": self.approved_by},
        }
        return documents[path], 0


@contextmanager
def serve(gitlab: GitLab) -> Iterator[GitLab]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            if self.headers.get("PRIVATE-TOKEN") != TOKEN:
                self.send_error(401)
                return
            url = urlsplit(self.path)
            length = int(self.headers.get("Content-Length", 0))
            form = parse_qs(self.rfile.read(length).decode())
            query = {key: values[0] for key, values in parse_qs(url.query).items()}
            body = form.get("body", [""])[0]
            document, following = gitlab.answer(self.command, url.path, query, body)
            content = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("X-Next-Page", str(following or ""))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            """Nothing: the calls are kept."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gitlab.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield gitlab
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
