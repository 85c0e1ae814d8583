"""Renders a pack for one box, and proves that the result has the directives that were meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from edgeward.bundle.escape import Format, filters, write_placeholder, write_value
from edgeward.bundle.pack import ROOT, Pack, PackFile
from edgeward.bundle.reread import read_directives
from edgeward.errors import NotEvaluated


class Named(Protocol):
    """A member of a list that `each` goes over."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class BundleFile:
    """`path` is relative to the box's root directory, with forward slashes."""

    path: str
    mode: int
    content: bytes
    owner: str = ROOT


def render_pack(pack: Pack, context: object) -> tuple[BundleFile, ...]:
    """The files of one pack. Raises UnsafeValue for a value that has no place in its format, and
    NotEvaluated for a template that cannot be rendered or that let a value become a directive."""
    return tuple(
        BundleFile(path, file.mode, _render(pack, file, variables).encode(), file.owner)
        for file in pack.files
        for path, variables in _members(pack, file, context)
    )


def _members(
    pack: Pack, file: PackFile, context: object
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The path of each file to render, with what its template sees."""
    if file.each is None:
        yield file.path, {pack.context: context}
        return
    members: tuple[Named, ...] | None = getattr(context, file.each, None)
    if members is None:
        raise NotEvaluated(f"template pack {pack.name}: {pack.context} has no list {file.each}")
    for member in members:
        path = file.path.replace("{name}", write_value(member.name))
        yield path, {pack.context: context, "item": member}


def _render(pack: Pack, file: PackFile, variables: Mapping[str, object]) -> str:
    name = f"template {pack.name}/{file.template}"
    try:
        text = _fill(pack, file, variables, write_value)
        meant = _fill(pack, file, variables, write_placeholder)
    except (TemplateError, TypeError) as error:
        raise NotEvaluated(f"{name}: cannot be rendered: {error}") from error
    try:
        same = read_directives(file.format, text) == read_directives(file.format, meant)
    except ValueError as error:
        raise NotEvaluated(f"{name}: the result cannot be read again: {error}") from error
    if not same:
        raise NotEvaluated(f"{name}: a value became a directive; correct the template")
    return text


def _fill(
    pack: Pack, file: PackFile, variables: Mapping[str, object], write: Callable[[object], str]
) -> str:
    return _environment(pack, file.format, write).get_template(file.template).render(variables)


@lru_cache(maxsize=64)
def _environment(
    pack: Pack, form: Format, write: Callable[[object], str]
) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(pack.templates),
        undefined=StrictUndefined,
        finalize=write,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = dict(filters(form))
    return environment
