"""Whether a policy document is one that AWS takes: its form, not what it permits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["identity", "resource", "trust"]
"""Attached to who acts; to what is acted on; or says who may take on a role."""

_STATEMENT_KEYS = {
    *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
    *("Resource", "NotResource", "Condition"),
}
_ACTION = re.compile(r"\*|[a-z0-9-]+:[A-Za-z0-9*?]+")
_RESOURCE = re.compile(r"\*|arn:[a-z-]*:[a-z0-9-]+:[^:]*:[^:]*:.+")


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document and how many characters it may have, white space not counted."""

    kind: Kind
    limit: int


def document_problems(text: Any, document: Document) -> Iterator[str]:
    """What AWS answers MalformedPolicyDocument to."""
    try:
        parsed = json.loads(text)
    except (TypeError, ValueError) as error:
        yield f"not JSON: {error}"
        return
    if not isinstance(parsed, dict):
        yield "not an object"
        return
    if len(re.sub(r"\s", "", text)) > document.limit:
        yield f"longer than {document.limit} characters"
    if parsed.get("Version") not in ("2012-10-17", "2008-10-17"):
        yield f"Version is {parsed.get('Version')!r}"
    for key in sorted(set(parsed) - {"Version", "Id", "Statement"}):
        yield f"unknown element {key}"
    statements = listed(parsed.get("Statement", []))
    if not statements:
        yield "no Statement"
    for statement in statements:
        if isinstance(statement, dict):
            yield from _statement_problems(statement, document.kind)
        else:
            yield "a Statement is no object"


def statements_of(text: str) -> list[dict[str, Any]]:
    """The statements of a document that has no problems."""
    return listed(json.loads(text)["Statement"])


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _statement_problems(statement: Mapping[str, Any], kind: Kind) -> Iterator[str]:
    for key in sorted(set(statement) - _STATEMENT_KEYS):
        yield f"unknown element {key} in a Statement"
    if statement.get("Effect") not in ("Allow", "Deny"):
        yield f"Effect is {statement.get('Effect')!r}"
    if not re.fullmatch("[A-Za-z0-9]*", statement.get("Sid", "")):
        yield f"Sid {statement['Sid']!r} has other characters than letters and digits"
    yield from _part_problems(statement, "Action", _ACTION, wanted=True)
    yield from _part_problems(statement, "Resource", _RESOURCE, wanted=kind != "trust")
    if ("Principal" in statement or "NotPrincipal" in statement) == (kind == "identity"):
        yield "a Principal in an identity's policy" if kind == "identity" else "no Principal"
    condition = statement.get("Condition", {})
    if not isinstance(condition, dict) or not all(isinstance(c, dict) for c in condition.values()):
        yield "a Condition is no object of objects"


def _part_problems(
    statement: Mapping[str, Any], name: str, form: re.Pattern[str], wanted: bool
) -> Iterator[str]:
    given = [key for key in (name, f"Not{name}") if key in statement]
    if len(given) != int(wanted):
        yield f"{len(given)} of {name} and Not{name} in a Statement, {int(wanted)} expected"
    for key in given:
        items = listed(statement[key])
        if not items:
            yield f"{key} is empty"
        for item in items:
            if not isinstance(item, str) or not form.fullmatch(item):
                yield f"{key} {item!r} has no form that AWS knows"
