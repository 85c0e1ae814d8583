"""Components look alike, so that whoever has read one can read them all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "stacks" / "edgeward_stacks"
MODULES = sorted(file for file in FOLDER.glob("*.py") if "ComponentResource)" in file.read_text())


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_component_is_short_and_goes_from_args_to_component_to_outputs(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    component = classes[-1]
    assert [ast.unparse(base) for base in component.bases] == ["pulumi.ComponentResource"]
    assert [each.name for each in classes[:-1]] in ([], [f"{component.name}Args"])
    assert component.name.lower() == file.stem
    first, *_, last = list(_init(component))
    assert first == f"super().__init__('edgeward:cloud:{component.name}', name, None, opts)"
    assert last.startswith("self.register_outputs({")


def _init(component: ast.ClassDef) -> Iterator[str]:
    """The statements with which a component makes itself; its signature is that of all others."""
    (init,) = [
        node
        for node in component.body
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    ]
    assert [each.arg for each in init.args.args] == ["self", "name", "args", "opts"]
    return (ast.unparse(node) for node in init.body)
