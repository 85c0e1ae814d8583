"""The two hosts that take part: one sells the certificate's credentials, the other takes items."""

from __future__ import annotations

import base64
import http.client
import json
import re
import ssl
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from edgeward_upload.failed import Denied, Failed, Unreachable
from edgeward_upload.settings import Settings
from edgeward_upload.signature import Credentials, sign

_SECONDS = 60
_ANSWER_BYTES = 65_536
_EARLY = timedelta(minutes=5)
_CODE = re.compile(rb"<Code>(\w{1,60})</Code>")
_OLD_TOKEN = ("ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId")
_BUSY = (408, 429, 500, 502, 503, 504)
_SLOW = "RequestTimeout"  # which is a 400
Clock = Callable[[], datetime]


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Cloud:
    """Talks to both hosts with the certificate that `tls` reads; `clock` says the time in UTC, and
    `window` the seconds until nothing may be sent any more."""

    def __init__(
        self,
        settings: Settings,
        tls: Callable[[], ssl.SSLContext],
        clock: Clock,
        window: Callable[[], float],
    ) -> None:
        self._settings, self._tls, self._clock, self._window = settings, tls, clock, window
        self._credentials: Credentials | None = None
        self._ahead = timedelta()
        self._open: dict[str, http.client.HTTPSConnection] = {}

    def put(self, path: str, sha256: bytes, size: int, body: Callable[[], Iterable[bytes]]) -> None:
        """Returns once the bucket said that it has exactly these bytes. Raises Failed."""
        answer = self._put_once(path, sha256, size, body())
        if answer.status != 200 and _code(answer) in (*_OLD_TOKEN, "RequestTimeTooSkewed"):
            # By now the clock of the other side is known; a token is asked for anew.
            self._credentials = None
            answer = self._put_once(path, sha256, size, body())
        if answer.status != 200:
            raise _failure(answer, f"the bucket answers {answer.status} {_code(answer)}".rstrip())
        if answer.headers.get("x-amz-checksum-sha256") != _base64(sha256):
            raise Unreachable("the bucket's answer does not repeat the checksum")

    def _put_once(self, path: str, sha256: bytes, size: int, body: Iterable[bytes]) -> Answer:
        host = self._settings.bucket_host
        headers = {
            "host": host,
            "content-length": str(size),
            "x-amz-checksum-sha256": _base64(sha256),
        }
        scope = (self._now(), self._settings.region)
        credentials = self._current_credentials()
        signed = sign(("PUT", path), headers, sha256.hex(), credentials, scope)
        return self._ask(host, "PUT", path, signed, body)

    def _current_credentials(self) -> Credentials:
        if self._credentials is None or self._credentials.expires - _EARLY <= self._now():
            self._credentials = self._fetch_credentials()
        return self._credentials

    def _fetch_credentials(self) -> Credentials:
        host, alias = self._settings.credentials_host, self._settings.role_alias
        headers = {"x-amzn-iot-thingname": self._settings.thing}
        answer = self._ask(host, "GET", f"/role-aliases/{alias}/credentials", headers, ())
        if answer.status != 200:
            raise _failure(answer, f"no credentials for {alias}: {host} answers {answer.status}")
        try:
            found = json.loads(answer.body)["credentials"]
            expires = datetime.fromisoformat(found["expiration"])
            return Credentials(
                key_id=str(found["accessKeyId"]),
                secret=str(found["secretAccessKey"]),
                token=str(found["sessionToken"]),
                expires=expires.astimezone(UTC),
            )
        except (ValueError, KeyError, TypeError):
            raise Unreachable(f"{host} answers with no credentials") from None

    def _ask(
        self, host: str, method: str, path: str, headers: Mapping[str, str], body: Iterable[bytes]
    ) -> Answer:
        try:
            connection = self._connect(host)
            connection.putrequest(method, path, skip_host="host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            for chunk in body:
                self._limit(connection)
                connection.send(chunk)
            self._limit(connection)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read(_ANSWER_BYTES))
        except (OSError, http.client.HTTPException) as error:
            self._hang_up(host)
            raise Unreachable(f"{host}: {error or type(error).__name__}") from error
        except BaseException:
            self._hang_up(host)
            raise
        if answer.status != 200:
            self._hang_up(host)  # it may have answered before it read everything
        self._note_time(answer)
        return answer

    def _connect(self, host: str) -> http.client.HTTPSConnection:
        if host not in self._open:
            try:
                context = self._tls()
            except OSError as error:
                raise Denied(f"the certificate of the box cannot be used: {error}") from error
            self._open[host] = http.client.HTTPSConnection(host, context=context)
        self._limit(self._open[host])
        return self._open[host]

    def _limit(self, connection: http.client.HTTPSConnection) -> None:
        """Wait for the other side no longer than for a minute, and not beyond the window."""
        connection.timeout = max(0.01, min(_SECONDS, self._window()))
        if connection.sock is not None:
            connection.sock.settimeout(connection.timeout)

    def _hang_up(self, host: str) -> None:
        connection = self._open.pop(host, None)
        if connection is not None:
            connection.close()

    def _now(self) -> datetime:
        return self._clock() + self._ahead

    def _note_time(self, answer: Answer) -> None:
        """A box whose clock is wrong signs by that of the other side."""
        try:
            theirs = parsedate_to_datetime(answer.headers.get("date", ""))
            self._ahead = theirs.astimezone(UTC) - self._clock()
        except ValueError:
            pass


def _failure(answer: Answer, message: str) -> Failed:
    later = answer.status in _BUSY or _code(answer) == _SLOW
    return Unreachable(message) if later else Denied(message)


def _code(answer: Answer) -> str:
    found = _CODE.search(answer.body)
    return found[1].decode() if found else ""


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()
