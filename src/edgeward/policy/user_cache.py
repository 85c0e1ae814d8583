"""The user's cache directory, if there is one: for what edgeward can always make again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from edgeward.write import NotWritten, write_file_atomically


def cache_directory() -> Path | None:
    """`$XDG_CACHE_HOME/edgeward` or `~/.cache/edgeward`; None for a user without a home."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    if Path(stated).is_absolute():
        return Path(stated) / "edgeward"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ".cache" / "edgeward" if home.is_absolute() else None


def native_code_cache() -> Path | None:
    """The settings file of wasmtime's own cache, written if need be; None where that cannot be."""
    base = cache_directory()
    if base is None:
        return None
    settings = base / "wasmtime.toml"
    text = f"[cache]\ndirectory = {json.dumps(str(base / 'wasmtime'))}\n"
    try:
        (base / "wasmtime").mkdir(parents=True, exist_ok=True)
        if not settings.exists() or settings.read_text(encoding="utf-8") != text:
            write_file_atomically(settings, text.encode())
    except (OSError, NotWritten):
        return None
    return settings
