"""The embedded engine: rules compiled by OPA to Wasm, evaluated in this process by wasmtime.

The calling convention is OPA's Wasm ABI 1.2 (openpolicyagent.org/docs/wasm): one call of
`opa_eval` takes the input as JSON at a heap address and returns the address of a JSON result.
A rule has no imports that reach the outside, bounded memory and bounded fuel.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import wasmtime

from edgeward.errors import NotEvaluated
from edgeward.policy.rule import Rule
from edgeward.policy.user_cache import native_code_cache

_PAGE = 65_536
_CHUNK = 4096
_MEMORY_MOST = 1 << 30
_FUEL_BASE = 50_000_000
_FUEL_PER_BYTE = 3_000
"""Fuel is about an instruction. Rules take 160 to 300 a byte of rows; one that hangs ends soon."""


class WasmEngine:
    """Rules by category; a category's module is loaded when its first rule is evaluated."""

    def __init__(self, modules: Mapping[str, Callable[[], bytes]]) -> None:
        """`modules` gives the verified bytes of each category's module when asked."""
        self._modules = modules
        self._policies: dict[str, _Policy] = {}
        self._wasmtime = wasmtime.Engine(_config())

    def evaluate(self, rule: Rule, rows: bytes, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self._policy(rule.category).evaluate(rule.entrypoint, rows, thresholds)
        except (wasmtime.WasmtimeError, wasmtime.Trap, _Refused, ValueError) as error:
            self._policies.pop(rule.category, None)  # its heap is in no known state any more
            raise NotEvaluated(f"{rule.id}: {_reason(error)}") from error

    def _policy(self, category: str) -> _Policy:
        policy = self._policies.get(category)
        if policy is None:
            if category not in self._modules:
                raise _Refused(f"no module was compiled for the category {category}")
            policy = _Policy(self._wasmtime, self._modules[category]())
            self._policies[category] = policy
        return policy


class _Refused(Exception):
    """The module gave no answer."""


class _Policy:
    """One instance of a module, with the thresholds that were set last in its heap."""

    def __init__(self, engine: wasmtime.Engine, code: bytes) -> None:
        self._store = wasmtime.Store(engine)
        self._store.set_limits(memory_size=_MEMORY_MOST)
        self._store.set_fuel(_FUEL_BASE)
        module = wasmtime.Module(engine, code)
        linker = self._linker(engine, module)
        self._exports = linker.instantiate(self._store, module).exports(self._store)
        self._require_abi()
        missing = self._dump("builtins")
        if missing:
            raise _Refused(f"it calls what the sandbox does not have: {', '.join(sorted(missing))}")
        self._entrypoints: dict[str, int] = self._dump("entrypoints")
        self._empty_heap = self._call("opa_heap_ptr_get")
        self._heap = self._empty_heap
        self._data_at = 0
        self._thresholds: Mapping[str, Any] | None = None

    def evaluate(
        self, entrypoint: str, rows: bytes, thresholds: Mapping[str, Any]
    ) -> dict[str, Any]:
        if entrypoint not in self._entrypoints:
            raise _Refused(f"the module has no entrypoint {entrypoint}")
        self._store.set_fuel(_FUEL_BASE + _FUEL_PER_BYTE * len(rows))
        self._set_thresholds(thresholds)
        json.loads(rows)  # given what is not JSON, opa_eval would see no rows, and fail them all
        self._write(self._heap, rows)
        free = _aligned(self._heap + len(rows))
        number = self._entrypoints[entrypoint]
        arguments = (0, number, self._data_at, self._heap, len(rows), free, 0)
        result = self._call("opa_eval", *arguments)
        answers = json.loads(self._text(result))
        if len(answers) != 1 or not isinstance(answers[0].get("result"), dict):
            raise _Refused("the rule is undefined")
        document: dict[str, Any] = answers[0]["result"]
        return document

    def _set_thresholds(self, thresholds: Mapping[str, Any]) -> None:
        if thresholds is self._thresholds:
            return
        self._call("opa_heap_ptr_set", self._empty_heap)
        data = json.dumps({"thresholds": thresholds}).encode()
        address = self._call("opa_malloc", len(data))
        self._write(address, data)
        self._data_at = self._call("opa_json_parse", address, len(data))
        if not self._data_at:
            raise _Refused("the thresholds are not JSON that the rule could read")
        self._heap = _aligned(self._call("opa_heap_ptr_get"))
        self._thresholds = thresholds

    def _linker(self, engine: wasmtime.Engine, module: wasmtime.Module) -> wasmtime.Linker:
        linker = wasmtime.Linker(engine)
        for wanted in module.imports:
            if isinstance(wanted.type, wasmtime.MemoryType):
                least = wanted.type.limits.min
                limits = wasmtime.MemoryType(wasmtime.Limits(least, None))
                self._memory = wasmtime.Memory(self._store, limits)
                linker.define(self._store, "env", "memory", self._memory)
            elif isinstance(wanted.type, wasmtime.FuncType):
                host = self._abort if wanted.name == "opa_abort" else _refuse_builtin
                function = wasmtime.Func(self._store, wanted.type, host)
                linker.define(self._store, "env", str(wanted.name), function)
        return linker

    def _require_abi(self) -> None:
        version = [
            self._exports[name].value(self._store)  # type: ignore[union-attr]
            for name in ("opa_wasm_abi_version", "opa_wasm_abi_minor_version")
        ]
        if version[0] != 1 or version[1] < 2:
            raise _Refused(f"the module speaks ABI {version[0]}.{version[1]}, not 1.2 or later")

    def _call(self, name: str, *arguments: int) -> int:
        values = map(wasmtime.Val.i32, arguments)  # what it would find out from each number's type
        answer: int = self._exports[name](self._store, *values)  # type: ignore[operator]
        return answer

    def _write(self, address: int, data: bytes) -> None:
        lacking = address + len(data) + _PAGE - self._memory.data_len(self._store)
        if lacking > 0:
            self._memory.grow(self._store, -(-lacking // _PAGE))
        ctypes.memmove(self._start() + address, data, len(data))

    def _start(self) -> int:
        """Where the module's memory begins in this process; it moves when it grows."""
        return ctypes.addressof(self._memory.data_ptr(self._store).contents)

    def _dump(self, name: str) -> Any:
        return json.loads(self._text(self._call("opa_json_dump", self._call(name))))

    def _text(self, address: int) -> bytes:
        """The bytes from `address` up to the next NUL, never beyond the module's memory."""
        size = self._memory.data_len(self._store)
        if not 0 <= address < size:
            raise _Refused("the module answered with an address outside its memory")
        start, found = self._start(), b""
        while address < size:
            chunk = ctypes.string_at(start + address, min(_CHUNK, size - address))
            text, end, _ = chunk.partition(b"\0")
            found += text
            if end:
                break
            address += len(chunk)
        return found

    def _abort(self, address: int) -> None:
        raise _Refused(self._text(address).decode(errors="replace"))


def _refuse_builtin(*_: int) -> int:
    raise _Refused("it calls what the sandbox does not have")


def _aligned(address: int) -> int:
    return -(-address // 8) * 8


def _reason(error: Exception) -> str:
    text = str(error)
    if "fuel" in text:
        return "it did not end within the work that is allowed for its input"
    return text.strip().splitlines()[-1].strip() if text.strip() else type(error).__name__


def _config() -> wasmtime.Config:
    config = wasmtime.Config()
    config.consume_fuel = True
    settings = native_code_cache()
    if settings is not None:
        with suppress(wasmtime.WasmtimeError):  # slower by a compile, not wrong
            config.cache = str(settings)
    return config
