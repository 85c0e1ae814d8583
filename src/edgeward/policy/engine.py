"""What evaluates rules: the embedded engine, or an OPA server by URL. The verdicts are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from edgeward.policy.rule import Rule

if TYPE_CHECKING:
    from edgeward.policy.rule_set import RuleSet


class Engine(Protocol):
    def evaluate(self, rule: Rule, rows: bytes, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        """The result document of the rule's package for an input of rows, as JSON.

        Raises NotEvaluated, naming the rule and the reason, where there is none.
        """


def open_engine(rule_set: RuleSet, url: str | None = None) -> Engine:
    """The embedded engine, or with a URL the OPA server there."""
    if url is None:
        from edgeward.policy.wasm import WasmEngine  # noqa: PLC0415 (wasmtime is heavy)

        return WasmEngine(rule_set.modules)
    from edgeward.policy.opa_server import OpaServer  # noqa: PLC0415 (a network client is heavy)

    return OpaServer(url, rule_set.sources)
