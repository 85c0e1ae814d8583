from __future__ import annotations

import pytest
import yaml

from edgeward.declare import load as load_module
from edgeward.declare.load import MAX_PROBLEMS, load
from edgeward.declare.nodes import find, walk


def messages(data: bytes) -> list[str]:
    return [str(each) for each in load(data, "f").problems]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "f: the file is empty"),
        (b"# only a comment\n", "f: the file is empty"),
        (b"---\n", "f: the file is empty"),
        ("kind: Site".encode("utf-16"), "f: the file is UTF-16 or UTF-32: save it as UTF-8"),
        ("# Site".encode("utf-16-le"), "f: the file is UTF-16 or UTF-32: save it as UTF-8"),
        ("kind: Site".encode("utf-32"), "f: the file is UTF-16 or UTF-32: save it as UTF-8"),
        ("a: 1\nb: é".encode("latin-1"), "f:2:4: not UTF-8 text"),
        (b"a: \xed\xa0\x80", "f:1:4: not UTF-8 text"),
        (b"a: 1\r\nb: \x00", "f:2:4: the control character U+0000 is here"),
        (b"a: \x1b[31m", "f:1:4: the control character U+001B is here"),
        (b"a" * 1_000_001, "f: larger than 1 MB"),
        (b"[" * 500_000, "f:1:65: nested more than 64 levels deep"),
        (b"- " * 400_000, "f:1:129: nested more than 64 levels deep"),
        (b"a: {" * 200_000, "f:1:256: nested more than 64 levels deep"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value[:12]),
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    parsed = load(data, "f")
    assert parsed.tree is None
    assert len(parsed.problems) == 1
    assert str(parsed.problems[0]).startswith(message)


def test_every_value_knows_its_line_and_column_and_that_of_its_key() -> None:
    tree = load(b"a:\n  b: [x, {c: 1}]\n", "f", "fleet").tree
    assert tree is not None
    found = find(tree, "a.b.1.c")
    assert found is not None and found.key is not None
    assert (found.origin.line, found.origin.column, found.origin.layer) == (2, 14, "fleet")
    assert (found.key.line, found.key.column) == (2, 11)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-7", -7),
        ("+3", 3),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("'12'", "12"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("0o7", "0o7"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2026-12-20", "2026-12-20"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(text: str, value: object) -> None:
    tree = load(f"a: {text}\n".encode(), "f").tree
    assert tree is not None
    assert tree.items["a"].value == value
    assert type(tree.items["a"].value) is type(value)


def test_what_is_refused_is_left_out_and_the_rest_is_read() -> None:
    parsed = load(b"a: &x 1\nb: *x\nc: !t 2\nd: 3\nd: 4\n", "f")
    assert parsed.tree is not None
    assert {key: node.value for key, node in parsed.tree.items.items()} == {"a": 1, "d": 3}
    assert len(parsed.problems) == 4


def test_problems_are_counted_out_before_they_flood_the_reader() -> None:
    assert len(messages(b"a: 1\n" * 5000)) == MAX_PROBLEMS


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"a: [1, {b: 'no'}]\nc: |\n  text\n"
    before = load(data, "f")
    monkeypatch.setattr(load_module, "_Parser", yaml.SafeLoader)
    assert load(data, "f") == before


def test_paths_name_list_items_and_never_hold_what_a_terminal_would_obey() -> None:
    tree = load(b'a: [{name: box}, {kind: cam}, {at: x.y}, {name: "a\\nb"}]\n', "f").tree
    assert tree is not None
    assert [path for path, _ in walk(tree) if path.count(".") == 1] == ["a.box", "a.cam", "a.3"]
