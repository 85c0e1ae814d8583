from __future__ import annotations

import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from edgeward.errors import NotEvaluated, UsageError
from edgeward.policy.engine import Engine
from edgeward.policy.opa_server import OpaServer
from edgeward.policy.rule_set import RuleSet
from tests.unit.policy.rego import make_rule

NAME = "placement/fits/fits.rego"


@contextmanager
def _serving(body: bytes, delay: float = 0) -> Iterator[str]:
    """A server that is not OPA: the same body to every request, after a while."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(delay)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_GET  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] (the client left)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_dead_server_is_named_with_the_reason() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(NotEvaluated, match=f"^{url}: its policies: .*refused"):
        OpaServer(url, {})


def test_a_slow_server_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgeward.policy.opa_server._SECONDS", 0.05)
    monkeypatch.setattr("edgeward.policy.opa_server._RETRIES", 0)
    with (
        _serving(b"{}", delay=0.5) as url,
        pytest.raises(NotEvaluated, match=r"(?i)timed? ?out"),
    ):
        OpaServer(url, {})


def test_a_server_that_is_not_opa_gives_no_verdict(rule_set: RuleSet) -> None:
    with _serving(b"<html>") as url, pytest.raises(NotEvaluated, match=url):
        OpaServer(url, {})


def test_an_answer_without_a_result_is_no_verdict(rule_set: RuleSet) -> None:
    with _serving(b"{}") as url:
        server = OpaServer(url, {})
        with pytest.raises(NotEvaluated, match=f"^{url}: {rule_set.rules[0].id}: .*undefined"):
            server.evaluate(rule_set.rules[0], b"{}", {})


@pytest.mark.parametrize(
    "document",
    ['{"detail": {}}', '{"pass": ["7"]}', '{"pass": {"0": true}}', '{"pass": null}'],
    ids=["nothing_passes", "nobody_asked", "no_list", "null"],
)
def test_an_answer_to_something_else_is_no_verdict(document: str, rule_set: RuleSet) -> None:
    rule = rule_set.rules[0]
    with _serving(b'{"result": [{"document": %b}]}' % document.encode()) as url:
        server = _without_policies(url)
        with pytest.raises(NotEvaluated, match=f"^{url}: {rule.id}: the answer is not one"):
            server.evaluate(rule, json.dumps({rule.subject: [{"id": "0"}]}).encode(), {})


def test_half_an_answer_is_no_verdict(rule_set: RuleSet) -> None:
    with _serving(b'{"result": [{"document": {"pa') as url:
        server = _without_policies(url)
        with pytest.raises(NotEvaluated, match=f"^{url}: {rule_set.rules[0].id}: "):
            server.evaluate(rule_set.rules[0], b"{}", {})


def test_a_server_that_dies_midway_is_named_with_the_reason(rule_set: RuleSet) -> None:
    rule = rule_set.rules[0]
    with _serving(b"{}") as url:
        server = OpaServer(url, {})
    with pytest.raises(NotEvaluated, match=f"^{url}: {rule.id}: .*refused"):
        server.evaluate(rule, b"{}", {})


def test_a_server_that_stalls_midway_is_not_waited_for_for_ever(
    rule_set: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edgeward.policy.opa_server._SECONDS", 0.05)
    monkeypatch.setattr("edgeward.policy.opa_server._RETRIES", 0)
    rule = rule_set.rules[0]
    with _serving(b"{}", delay=0.5) as url:
        server = _without_policies(url)
        with pytest.raises(NotEvaluated, match=rf"^{url}: {rule.id}: (?i:.*timed? ?out)"):
            server.evaluate(rule, b"{}", {})


def _without_policies(url: str) -> OpaServer:
    """The engine as it is once it has brought its rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpaServer, "_held", lambda _: {})
        return OpaServer(url, {})


def test_a_server_with_another_text_of_a_rule_is_refused(opa_url: str, opa_server: Engine) -> None:
    text = make_rule("placement.fits")
    OpaServer(opa_url, {NAME: text})
    with pytest.raises(NotEvaluated, match=f"has another version of policies/{NAME}"):
        OpaServer(opa_url, {NAME: text.replace("<=", ">=")})


def test_a_rule_that_does_not_compile_there_is_refused(opa_url: str) -> None:
    with pytest.raises(NotEvaluated, match=f"{opa_url}: policies/broken"):
        OpaServer(opa_url, {"broken/broken.rego": "package edgeward.broken\n\nx if {"})


@pytest.mark.parametrize("url", ["localhost:8181", "ftp://host", "http://host/v1/data", "http://"])
def test_what_is_no_address_of_a_server_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="expected the address"):
        OpaServer(url, {})
