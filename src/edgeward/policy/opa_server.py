"""The second engine: the same rules on an OPA server, by URL.

edgeward brings its rules along: a rule file that the server lacks is uploaded, one that it has
with another text is refused, so no verdict comes from rules that nobody reviewed. Thresholds go
with each query (`with data.thresholds as …`): plants that share a server do not share them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from opa_client.opa import OpaClient  # type: ignore[import-untyped]

from edgeward.errors import NotEvaluated, UsageError
from edgeward.policy.rule import Rule

_SECONDS = 10.0
"""For one request; the client's own 1.5 s is short for 1,500 rows on a busy server."""
_RETRIES = 2
_PACKAGE = re.compile(r"^package edgeward\.(\S+)", re.MULTILINE)
_Answer = TypeVar("_Answer")


class OpaServer:
    """Rules on an OPA server; `sources` are the rule files by their path under `policies`."""

    def __init__(self, url: str, sources: Mapping[str, str]) -> None:
        self._url = url
        self._client = _connect(url)
        held = self._ask("its policies", self._held)
        for name, text in sources.items():
            self._bring(name, text, held)

    def evaluate(self, rule: Rule, rows: bytes, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        query = (
            f"document := data.{rule.entrypoint.replace('/', '.')}"
            " with input as input.rows with data.thresholds as input.thresholds"
        )
        asked: dict[str, Any] = {"rows": json.loads(rows), "thresholds": thresholds}
        answer = self._ask(rule.id, lambda: self._client.ad_hoc_query(query, asked))
        found = answer.get("result") if isinstance(answer, dict) else None
        document = found[0].get("document") if found and len(found) == 1 else None
        if not isinstance(document, dict):
            raise NotEvaluated(f"{self._url}: {rule.id}: the rule is undefined there")
        known = {row["id"] for row in asked["rows"].get(rule.subject, ())}
        passed = document.get("pass")
        if not isinstance(passed, list) or not known.issuperset(passed):
            raise NotEvaluated(f"{self._url}: {rule.id}: the answer is not one to what was asked")
        return document

    def _held(self) -> dict[str, list[str]]:
        """The texts of the server's policies under `edgeward`, by the rest of their package."""
        ours = f"{self._client.root_url}/data/edgeward/"
        held: dict[str, list[str]] = {}
        for name, policy in self._client.get_policies_info().items():
            if policy["path"].startswith(ours):
                package = policy["path"].removeprefix(ours).replace("/", ".")
                text = self._client.get_policy(name)["result"]["raw"]
                held.setdefault(package, []).append(text)
        return held

    def _bring(self, name: str, text: str, held: Mapping[str, list[str]]) -> None:
        package = _PACKAGE.search(text)
        there = held.get(package[1], []) if package else []
        if any(other != text for other in there):
            raise NotEvaluated(
                f"{self._url}: has another version of policies/{name}; use a server of the same "
                "version of edgeward, or remove the policy there"
            )
        if not there:
            self._ask(
                f"policies/{name}",
                lambda: self._client.update_policy_from_string(
                    text, f"edgeward/{name}", rego_compat=False
                ),
            )

    def _ask(self, what: str, request: Callable[[], _Answer]) -> _Answer:
        try:
            return request()
        except Exception as error:  # the client's errors have no base of their own
            reason = getattr(error, "message", None) or str(error) or type(error).__name__
            raise NotEvaluated(f"{self._url}: {what}: {reason}") from error


def _connect(url: str) -> OpaClient:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise UsageError(f"{url}: expected the address of an OPA server, http(s)://HOST[:PORT]")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8181)
    return OpaClient(host=parts.hostname, port=port, ssl=secure, retries=_RETRIES, timeout=_SECONDS)
