"""The draft as a file that people go on with: the keys in the schema's order, each explained."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from edgeward.declare.load import load
from edgeward.declare.nodes import UNKNOWN
from edgeward.declare.schemas import Schema, child, schema
from edgeward.declare.text import NOT_TEXT

_COLUMNS = 110
_COMMENT_COLUMN = 40
_HEAD = """\
# yaml-language-server: $schema=../../docs/schema/site.schema.json
# Yours to edit. `unknown` is an answer; so is an assumption with a range (at the end of the file).
# Once a value is known, write it and take its entry out. After a change: edgeward decide {name}
"""
_PLAIN = re.compile(r"[^\W\d_][\w./@+-]*(?: [\w./@+()-]+)*")
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


def site_text(tree: dict[str, Any]) -> str:
    """The text of `site.yaml` for plain values that answer its schema."""
    whole = {"apiVersion": "edgeward/v1alpha1", "kind": "Site", **tree}
    lines = list(_map(whole, schema("Site"), "", explain=True))
    return _HEAD.format(name=tree["name"]) + "\n".join(lines) + "\n"


def _map(value: dict[str, Any], part: Schema, indent: str, explain: bool) -> Iterator[str]:
    order = list(part.get("properties", {}))
    for key in sorted(value, key=lambda each: order.index(each) if each in order else len(order)):
        below = child(part, key) or {}
        if not indent and isinstance(value[key], dict | list):
            yield f"\n# {_first_sentence(below)}"
        yield from _entry(key, value[key], below, indent, explain)


def _entry(key: str, value: Any, part: Schema, indent: str, explain: bool) -> Iterator[str]:
    head = f"{indent}{scalar(key)}:"
    short = _on_one_line(value)
    if isinstance(value, list) and any(isinstance(each, dict) for each in value) and not indent:
        yield head
        for index, item in enumerate(value):
            yield from _item(item, part.get("items", {}), indent + "  ", explain and index == 0)
    elif isinstance(value, dict) and value and (not indent or len(head) + len(short) > _COLUMNS):
        yield head
        yield from _map(value, part, indent + "  ", explain)
    else:
        yield from _with_comment(f"{head} {short}", part if explain else {}, indent)


def _item(value: Any, part: Schema, indent: str, explain: bool) -> Iterator[str]:
    """A list item: its first key stands behind the dash."""
    dash = f"{indent}- "
    if not isinstance(value, dict):
        yield f"{dash}{_on_one_line(value)}"
        return
    explained = explain and "at" not in part.get("required", ())  # assumptions speak for themselves
    dashed = False
    for line in _map(value, part, indent + "  ", explained):
        first = not dashed and not line.lstrip().startswith("#")
        yield dash + line[len(dash) :] if first else line
        dashed = dashed or first


def _with_comment(line: str, part: Schema, indent: str) -> Iterator[str]:
    comment = _comment(part, indent)
    if not comment or part.get("const"):
        yield line
    elif len(line) < _COMMENT_COLUMN and _COMMENT_COLUMN + len(comment) + 2 <= _COLUMNS:
        yield f"{line.ljust(_COMMENT_COLUMN)}# {comment}"
    elif len(line) + len(comment) + 4 <= _COLUMNS:
        yield f"{line}  # {comment}"
    else:
        yield f"{indent}# {comment}"
        yield line


def _comment(part: Schema, indent: str) -> str:
    """What a key means and, where it fits on the line, what may stand there."""
    means = _first_sentence(part)
    said = f": {', '.join(map(scalar, part['enum']))}" if "enum" in part else ""
    return means + said if len(indent) + 2 + len(means) + len(said) <= _COLUMNS else means


def _first_sentence(part: Schema) -> str:
    """What a key means, without its example."""
    text = part.get("description", "")
    text = re.sub(r"(, for example|, such as| Example:| For example) .*?(?=\.(?: |$)|$)", "", text)
    return re.split(r"(?<=[^.])\.(?: |$)", text)[0]


def _on_one_line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {_on_one_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_on_one_line, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """One value as YAML that every reader takes for the same, quoted where one would not."""
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return UNKNOWN
    if not isinstance(value, str):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if _DATE.fullmatch(value) or (_PLAIN.fullmatch(value) and _stays_text(value)):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return NOT_TEXT.sub(lambda odd: f"\\u{ord(odd[0]):04x}", quoted)


def _stays_text(value: str) -> bool:
    if value.lower() in ("y", "n", "yes", "no", "on", "off", "true", "false", "null"):
        return False
    parsed = load(value.encode(), "")
    return parsed.tree is not None and not parsed.problems and parsed.tree.value == value
