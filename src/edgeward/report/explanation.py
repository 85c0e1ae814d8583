"""An explanation in the format that was asked for."""

from __future__ import annotations

from edgeward.explore.explanation import Explanation
from edgeward.report.explanation_json import render_explanation_json
from edgeward.report.explanation_markdown import render_explanation_markdown
from edgeward.report.explanation_text import render_explanation_text
from edgeward.report.explanation_view import view_explanation


def render_explanation(explanation: Explanation, form: str) -> str:
    """Text, markdown, JSON or a page that stands alone, without a line break at its end."""
    if form == "json":
        return render_explanation_json(explanation)
    view = view_explanation(explanation)
    if form == "markdown":
        return render_explanation_markdown(view)
    if form == "html":
        from edgeward.report.html import render_page  # noqa: PLC0415 (jinja2 is heavy)

        return render_page("explanation.html.j2", view).decode().rstrip("\n")
    return render_explanation_text(view)
