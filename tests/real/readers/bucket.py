"""What an uploader talks to, on loopback: the credentials provider of AWS IoT, and S3.

Requests are verified by botocore's signer, so by other code than what signed them. What goes wrong
with an upload is laid down in `faults`, one for each that comes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, Literal

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.real.readers.certificates import Identity

REGION = "eu-central-1"
SECRET = "a-secret-that-no-log-may-show"
TOKEN = "a-token-that-no-log-may-show"
Fault = Literal["busy", "cut", "no answer", "denied"]
_MOST_SKEW = 900
_SIGNED_ALWAYS = {"host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"}


@dataclass(slots=True)
class Cloud:
    """`objects` by key; `puts` counts what was stored, again or not; its clock goes `ahead`."""

    thing: str
    objects: dict[str, bytes] = field(default_factory=dict)
    puts: int = 0
    asked: int = 0
    refused: list[str] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    ahead: float = 0
    good_for: timedelta = timedelta(hours=1)
    generation: int = 1
    bytes_per_second: float | None = None
    lock: Lock = field(default_factory=Lock)
    host: str = ""

    @contextmanager
    def serve(self, server: Identity, authority: str) -> Iterator[str]:
        """Answers during a block, at the host and port that it gives."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.certificate, server.key)
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED
        cloud = self

        class Handler(_Handler):
            pass

        Handler.cloud = cloud
        with _Server(("127.0.0.1", 0), Handler) as listening:
            listening.socket = context.wrap_socket(
                listening.socket, server_side=True, do_handshake_on_connect=False
            )
            thread = Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            self.host = f"localhost:{listening.server_port}"
            yield self.host
            listening.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is nothing to complain about."""


class _Handler(BaseHTTPRequestHandler):
    cloud: Cloud
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        cloud = self.cloud
        peer = dict(pair[0] for pair in self.connection.getpeercert()["subject"])  # type: ignore[attr-defined]
        cloud.asked += 1
        thing = self.headers["x-amzn-iot-thingname"]
        if peer.get("commonName") != cloud.thing or thing != cloud.thing:
            self._answer(403, b'{"message": "Access Denied"}')
            return
        expires = datetime.now(UTC) + timedelta(seconds=cloud.ahead) + cloud.good_for
        credentials = {
            "accessKeyId": f"ASIA{cloud.generation}",
            "secretAccessKey": SECRET,
            "sessionToken": TOKEN,
            "expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self._answer(200, json.dumps({"credentials": credentials}).encode())

    def do_PUT(self) -> None:
        fault = self._next_fault()
        if fault == "busy":
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
            return
        length = int(self.headers["content-length"])
        body = self._read(length // 2 if fault == "cut" else length)
        if fault == "cut" or len(body) < length:
            self.close_connection = True
            return
        code = "AccessDenied" if fault == "denied" else self._refusal(body)
        if code:
            self.cloud.refused.append(code)
            self._answer(403, f"<Error><Code>{code}</Code></Error>".encode())
            return
        with self.cloud.lock:
            self.cloud.objects[self.path.lstrip("/")] = body
            self.cloud.puts += 1
        if fault == "no answer":
            self.close_connection = True
            return
        self._answer(200, b"", self.headers["x-amz-checksum-sha256"])

    def _read(self, length: int) -> bytes:
        rate, read = self.cloud.bytes_per_second, bytearray()
        while len(read) < length:
            chunk = self.rfile.read(min(1 << 14, length - len(read)))
            if not chunk:
                break
            read += chunk
            if rate:
                time.sleep(len(chunk) / rate)
        return bytes(read)

    def _next_fault(self) -> Fault | None:
        with self.cloud.lock:
            return self.cloud.faults.popleft() if self.cloud.faults else None

    def _refusal(self, body: bytes) -> str | None:
        """The code of S3's error, None for a request that is right in everything."""
        digest = hashlib.sha256(body).digest()
        stamp = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
        skew = stamp.replace(tzinfo=UTC).timestamp() - time.time() - self.cloud.ahead
        if abs(skew) > _MOST_SKEW:
            return "RequestTimeTooSkewed"
        if self.headers["x-amz-content-sha256"] != digest.hex():
            return "XAmzContentSHA256Mismatch"
        if self.headers["x-amz-checksum-sha256"] != base64.b64encode(digest).decode():
            return "BadDigest"
        if f"Credential=ASIA{self.cloud.generation}/" not in self.headers["authorization"]:
            return "ExpiredToken"
        return None if self._is_signed(body) else "SignatureDoesNotMatch"

    def _is_signed(self, body: bytes) -> bool:
        found = dict(
            part.split("=", 1)
            for part in self.headers["authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
        )
        names = found["SignedHeaders"].split(";")
        if not set(names) >= {*_SIGNED_ALWAYS, "x-amz-checksum-sha256"}:
            return False
        request = AWSRequest(
            method="PUT",
            url=f"https://{self.headers['host']}{self.path}",
            headers={name: self.headers[name] for name in names},
            data=body,
        )
        request.context["timestamp"] = self.headers["x-amz-date"]
        key_id = found["Credential"].partition("/")[0]
        signer = S3SigV4Auth(Credentials(key_id, SECRET, TOKEN), "s3", REGION)
        if found["Credential"] != signer.scope(request):
            return False
        text = signer.string_to_sign(request, signer.canonical_request(request))
        return bool(signer.signature(text, request) == found["Signature"])

    def _answer(self, status: int, body: bytes, checksum: str | None = None) -> None:
        self.send_response_only(status)
        self.send_header("Date", formatdate(time.time() + self.cloud.ahead, usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        if checksum is not None:
            self.send_header("x-amz-checksum-sha256", checksum)
        if status != 200:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
