"""The cost report for a terminal, as Markdown and as HTML: three ways to write the same blocks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from html import escape

from edgeward.report.cost_blocks import Block, Heading, Plot, Sentence, Table
from edgeward.report.plot import draw_curves

_COLUMNS = 100
_NO_PLOT = "A plot is left out here: it needs pip install 'edgeward[plots]'."


def render_cost_text(blocks: Iterable[Block]) -> str:
    """Plain text, tables aligned; long sentences are wrapped."""
    return "\n".join(line for block in blocks for line in _text(block)).strip("\n")


def render_cost_markdown(blocks: Iterable[Block]) -> str:
    """GitHub-flavoured Markdown."""
    return "\n".join(line for block in blocks for line in _markdown(block)).strip("\n")


def render_cost_html(blocks: Iterable[Block], title: str) -> str:
    """One self-contained page, readable in black and white."""
    body = "\n".join(_html(block) for block in blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{_STYLE}</style>\n{body}\n</html>"
    )


_STYLE = (
    "body{font:1rem/1.4 system-ui,sans-serif;margin:2rem;max-width:72rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{border-bottom:1px solid #999;padding:.2rem .8rem;text-align:right}"
    "th:first-child,td:first-child{text-align:left}"
)


def _text(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield ""
        yield block.text
        yield ("=" if block.level == 1 else "-") * len(block.text)
    elif isinstance(block, Sentence):
        indent = "  " if block.text.startswith("- ") else ""
        yield from textwrap.wrap(block.text, _COLUMNS, subsequent_indent=indent)
    elif isinstance(block, Table):
        yield from _aligned(block)


def _aligned(table: Table) -> Iterator[str]:
    rows = (table.head, *table.rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    yield ""
    for row in rows:
        first, *others = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *others)).rstrip()
    yield ""


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"\n{'#' * block.level} {block.text}\n"
    elif isinstance(block, Sentence):
        yield block.text if block.text.startswith("- ") else f"{block.text}\n"
    elif isinstance(block, Table):
        yield ""
        yield _piped(block.head)
        yield _piped(("---", *("---:" for _ in block.head[1:])))
        yield from (_piped(row) for row in block.rows)
        yield ""


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Sentence):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Plot):
        drawn = draw_curves(block.curves, block.end, block.along, block.amount, block.title)
        return f"<figure>{drawn}</figure>" if drawn else f"<p>{escape(_NO_PLOT)}</p>"
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
