"""What people and programs get to see of a finished run. Nothing here prints or touches a file.

A reporter takes the result and the exit code of a run and gives the files of its format by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edgeward.errors import ExitCode
from edgeward.report.html import render_html
from edgeward.report.json import render_json
from edgeward.report.text import render_text
from edgeward.result import RunResult

Reporter = Callable[[RunResult, ExitCode], Mapping[str, bytes]]

REPORTERS: Mapping[str, Reporter] = {
    "html": lambda result, _code: render_html(result),
    "json": lambda result, code: {"result.json": f"{render_json(result, code)}\n".encode()},
    "text": lambda result, _code: {"report.txt": f"{render_text(result)}\n".encode()},
}
