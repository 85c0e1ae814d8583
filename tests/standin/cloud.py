"""The cloud: a JSON file of what was made, shared by all providers that run at once."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Made = dict[str, Any]
"""`inputs` as asked for, `outputs` as AWS adds them; a bucket may have `objects`."""


class Refused(Exception):
    """What AWS would answer with an error."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """`file` maps `type|id` to what was made."""

    file: Path

    @contextmanager
    def open(self, write: bool = False) -> Iterator[dict[str, Made]]:
        """All that exists; changes are kept with `write`, unless an exception leaves the block."""
        with self.file.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
            file.seek(0)
            made: dict[str, Made] = json.loads(file.read() or "{}")
            yield made
            if write:
                file.seek(0)
                file.truncate()
                json.dump(made, file, indent=1, sort_keys=True)


def key(type_: str, id_: str) -> str:
    return f"{type_}|{id_}"


def of_type(made: Mapping[str, Made], type_: str) -> list[Made]:
    return [each for name, each in made.items() if name.split("|", 1)[0] == type_]
