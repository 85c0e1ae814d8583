"""The kinds of document that there are, each made from one plant."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edgeward.brief.architecture import write_architecture
from edgeward.brief.card import write_cards
from edgeward.brief.document import Document
from edgeward.brief.hardware import write_hardware
from edgeward.brief.one_page import write_brief
from edgeward.brief.ports import write_ports
from edgeward.brief.record import write_records
from edgeward.brief.rollback import write_rollback
from edgeward.brief.subject import Case, Subject
from edgeward.brief.ticket import write_ticket
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import UsageError

Write = Callable[[Subject, tuple[Case, ...]], tuple[Document, ...]]


def _briefs(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    return tuple(write_brief(subject, each) for each in cases)


KIND_WORDS: Mapping[str, str] = {
    "brief": "One-page brief",
    "card": "Recovery card",
    "ports": "Connections to open",
    "ticket": "Change ticket",
    "hardware": "Hardware list",
    "architecture": "Architecture note",
    "rollback": "Rollback checklist",
    "record": "Record for auditors",
}
KINDS: Mapping[str, Write] = {
    "brief": _briefs,
    "card": write_cards,
    "ports": write_ports,
    "ticket": write_ticket,
    "hardware": write_hardware,
    "architecture": write_architecture,
    "rollback": write_rollback,
    "record": write_records,
}


def write_documents(
    subject: Subject, kind: str, use_case: str | None = None
) -> tuple[Document, ...]:
    """The documents of a kind, for one use case or all.

    Raises UsageError for a use case that there is none of.
    """
    cases = subject.cases()
    if use_case is not None:
        names = [each.name for each in cases]
        cases = tuple(each for each in cases if each.name == use_case)
        if not cases:
            hint = did_you_mean(use_case, names)
            raise UsageError(f"no use case is called `{short(use_case)}`: {hint}")
    return KINDS[kind](subject, cases)
