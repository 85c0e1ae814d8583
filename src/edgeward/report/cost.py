"""The cost report in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from edgeward.errors import UsageError
from edgeward.ownership.priced import PlantCost
from edgeward.ownership.scenario import ScenarioCost
from edgeward.report.cost_blocks import Block, Heading, plant_blocks, source_table
from edgeward.report.cost_rows import render_cost_csv, render_cost_json
from edgeward.report.cost_scenario import scenario_blocks
from edgeward.report.cost_text import render_cost_html, render_cost_markdown, render_cost_text


def render_cost(
    costs: Sequence[PlantCost], form: str, with_blocked: bool, with_sources: bool, today: date
) -> bytes:
    """The report as bytes; raises UsageError for xlsx where its library is not installed."""
    if form == "xlsx":
        from edgeward.report.cost_xlsx import render_cost_xlsx  # noqa: PLC0415

        return render_cost_xlsx(costs, with_blocked, today)
    if form == "csv":
        return render_cost_csv(costs, with_blocked).encode()
    if form == "json":
        return render_cost_json(costs, with_blocked).encode()
    return _for_people(_blocks(costs, with_blocked, with_sources), form)


def render_scenarios(costs: Sequence[ScenarioCost], form: str) -> bytes:
    """Scenarios for people; raises UsageError for a format that is for machines."""
    if form not in ("text", "markdown", "html"):
        raise UsageError(f"scenarios come as text, markdown or html, not as {form}")
    return _for_people((block for cost in costs for block in scenario_blocks(cost)), form)


def _for_people(blocks: Iterable[Block], form: str) -> bytes:
    if form == "markdown":
        return render_cost_markdown(blocks).encode()
    if form == "html":
        return render_cost_html(blocks, "Ownership cost").encode()
    return render_cost_text(blocks).encode()


def _blocks(costs: Sequence[PlantCost], with_blocked: bool, with_sources: bool) -> Iterator[Block]:
    for cost in costs:
        yield from plant_blocks(cost, with_blocked)
        if with_sources:
            yield Heading(2, f"Sources of {cost.site}")
            yield source_table(cost)
