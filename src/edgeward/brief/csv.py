"""The lists of documents as CSV, for a spreadsheet or a firewall team's own tool."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from edgeward.brief.document import Document
from edgeward.errors import UsageError
from edgeward.report.text import printable

_FORMULA = ("=", "+", "-", "@")


def render_csv(documents: Sequence[Document]) -> str:
    """One table under one head, without a line break at its end.

    Raises UsageError for documents that are no lists.
    """
    lists = [each.listed for each in documents if each.listed is not None]
    if len(lists) < len(documents):
        raise UsageError("only the lists (`--as ports`, `--as hardware`) can be CSV")
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    for index, table in enumerate(lists):
        if index == 0:
            write.writerow(table.head)
        write.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().rstrip("\n")


def _cell(text: str) -> str:
    """Declared text may come from a stranger: no spreadsheet takes it for a formula."""
    plain = printable(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
