"""Renders a pack for one box, and proves that the result has the directives that were meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol

from jinja2 import DictLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from edgeward.bundle.escape import Format, UnsafeValue, filters, write_placeholder, write_value
from edgeward.bundle.pack import ROOT, Pack, PackFile
from edgeward.bundle.reread import Directive, read_directives
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
        yield file.path, {pack.context: context, "settings": pack.settings}
        return
    members: tuple[Named, ...] | None = getattr(context, file.each, None)
    if members is None:
        raise NotEvaluated(f"template pack {pack.name}: {pack.context} has no list {file.each}")
    for member in members:
        path = file.path.replace("{name}", write_value(member.name))
        yield path, {pack.context: context, "settings": pack.settings, "item": member}


def _render(pack: Pack, file: PackFile, variables: Mapping[str, object]) -> str:
    name = f"template {pack.name}/{file.template}"
    try:
        text = _fill(pack, file, variables, write_value)
        meant = _fill(pack, file, variables, write_placeholder)
    except UnsafeValue:
        raise
    except Exception as error:  # it may be a stranger's, and divide by nothing or call itself
        raise NotEvaluated(
            f"{name}: cannot be rendered: {error or type(error).__name__}"
        ) from error
    try:
        same = read_directives(file.format, text) == _read_meant(file.format, meant)
    except (ValueError, RecursionError) as error:
        raise NotEvaluated(f"{name}: the result cannot be read again: {error}") from error
    if not same:
        raise NotEvaluated(f"{name}: a value became a directive; correct the template")
    return text


@lru_cache(maxsize=1024)
def _read_meant(form: Format, text: str) -> tuple[Directive, ...]:
    """With nothing of a declaration in it, the same for many boxes."""
    return read_directives(form, text)


def _fill(
    pack: Pack, file: PackFile, variables: Mapping[str, object], write: Callable[[object], str]
) -> str:
    return _environment(pack, file.format, write).get_template(file.template).render(variables)


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to the fields of the contexts, which are nothing else.

    A template calls its own macros only and reckons with numbers only: a method of a text, or a
    text times a number, could take all the memory there is.
    """

    intercepted_binops = frozenset(("*", "%", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, _NUMBER) and isinstance(right, _NUMBER)):
            raise SecurityError(f"{operator} is for numbers, and ** for nothing")
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if attribute in _fields(obj.__class__):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


_NUMBER = (int, float)


@cache
def _fields(cls: type) -> frozenset[str]:
    return frozenset(getattr(cls, "__dataclass_fields__", ()))


@lru_cache(maxsize=256)
def _environment(pack: Pack, form: Format, write: Callable[[object], str]) -> _Environment:
    environment = _Environment(
        loader=DictLoader(pack.templates),
        undefined=StrictUndefined,
        finalize=write,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals.clear()
    environment.filters = dict(filters(form))
    return environment
