"""The auditor's record (R22): from the declarations and git, the same for a commit at any time.

An approval is the recorded review of a merged commit. A name in the declaration says whose review
is asked for, and is shown as that.
"""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.box_flows import case_streams, say_regulation, say_safety
from edgeward.brief.box_stop import say_rollback
from edgeward.brief.document import Document, Part, Table
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import (
    labelled,
    say_figure,
    say_leaving,
    say_model,
    say_place,
    say_waiver,
)
from edgeward.catalog import Model
from edgeward.history import Commit
from edgeward.report.explain import say_condition
from edgeward.report.unsettled import stands_in
from edgeward.report.view import Labelled
from edgeward.use_case import UseCase

_NO_HISTORY = "git has no history of the plant here: who approved is unknown."


def write_records(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    return tuple(_record(subject, each) for each in cases)


def _record(subject: Subject, case: Case) -> Document:
    use_case = case.use_case
    return Document(
        name=f"record-{case.name}",
        title=f"Record: {case.name} at {subject.title}",
        subtitle=f"{subject.version.say()} · {use_case.stage or 'draft'}",
        lead=(f"{use_case.action or 'What it does is not said'}; runs on {say_place(case)}.",),
        parts=(
            Part("What it is", tuple(_what(subject, use_case))),
            Part("What data it uses", table=_data(subject, use_case)),
            Part("How often it is retrained, and what triggers it", _training(subject, use_case)),
            _approved(subject, use_case),
            Part("Evidence", tuple(_evidence(subject, case))),
            Part("Findings and waivers", tuple(_open(subject, case))),
        ),
        foot=f"{subject.foot} Decision {subject.decision.inputs_digest or UNKNOWN}.",
    )


def _what(subject: Subject, use_case: UseCase) -> Iterator[Labelled]:
    model = _model(subject, use_case)
    artefacts = [each.sha256 for each in model.artifacts if each.sha256] if model else []
    yield from labelled(
        ("Class under the law", say_regulation(use_case)),
        ("Safety", say_safety(use_case)),
        (
            "Authority",
            f"it {use_case.authority or UNKNOWN}; criticality {use_case.criticality or UNKNOWN}",
        ),
        ("Model", say_model(subject.site, use_case)),
        ("Model in the catalog", f"{model.title}, version {model.version}" if model else UNKNOWN),
        (
            "Its licence and owner",
            f"{model.licence or UNKNOWN}, {model.owner or UNKNOWN}" if model else UNKNOWN,
        ),
        ("Digest of the artefact", ", ".join(artefacts) or f"{UNKNOWN}: none in the catalog"),
        ("Owner", use_case.owner or UNKNOWN),
        ("Logs are kept", f"{UNKNOWN}: no retention of logs is declared; that of data is below"),
    )


def _model(subject: Subject, use_case: UseCase) -> Model | None:
    return subject.catalog.models.get(use_case.model.name) if use_case.model else None


def _data(subject: Subject, use_case: UseCase) -> Table:
    rows = (
        (
            each.name,
            each.sensitivity or UNKNOWN,
            each.personal_data or UNKNOWN,
            say_figure(each.retention_days, "days"),
            say_leaving(each),
        )
        for each in case_streams(subject, use_case)
    )
    head = ("stream", "sensitivity", "personal data", "kept", "leaves the plant")
    return Table(head, tuple(rows))


def _training(subject: Subject, use_case: UseCase) -> tuple[Labelled, ...]:
    training, drift = use_case.training, use_case.drift
    model = _model(subject, use_case)
    labels = model.labels if model else None
    trigger = say_condition(drift)
    then = f"{trigger}; then: {drift.then or UNKNOWN}" if drift and trigger else UNKNOWN
    return labelled(
        ("Retrained", (training.cadence if training else None) or UNKNOWN),
        ("Triggered when", then),
        ("Put back", say_rollback(use_case)),
        ("Labels for a release", say_figure(labels.per_release if labels else None)),
        ("Labelled by", (labels.by if labels else None) or UNKNOWN),
        ("Released", (use_case.updates.cadence if use_case.updates else None) or UNKNOWN),
    )


def _approved(subject: Subject, use_case: UseCase) -> Part:
    """What git knows of the plant's file and its lock, the last merge first."""
    asked = (use_case.updates.approver if use_case.updates else None) or UNKNOWN
    rows = tuple(
        (
            each.day,
            each.short,
            each.author,
            _same(each),
            each.review or "none in git",
            each.subject,
        )
        for each in subject.history
    )
    head = ("date", "commit", "written by", "merged by", "recorded review", "subject")
    note = (
        f"Whose review is asked for: {asked}. A review that only the forge knows is found there "
        "under the number in the subject."
    )
    lines = labelled(
        ("Not committed", "files differ from the commit" if subject.version.changed else "")
    )
    if not rows:
        return Part("Who approved", lines, note=f"{_NO_HISTORY} {note}")
    return Part("Who approved", lines, table=Table(head, rows), note=note)


def _same(commit: Commit) -> str:
    return "the same" if commit.committer == commit.author else commit.committer


def _evidence(subject: Subject, case: Case) -> Iterator[Labelled]:
    guessed = stands_in(subject.site, case.use_case)
    model = None if guessed else _model(subject, case.use_case)
    for run in dict.fromkeys(_runs(subject, case, model)):
        yield Labelled(f"Run on {run[0]}", run[1])
    for each in model.accuracy if model else ():
        precision = f" at {each.precision}" if each.precision else ""
        yield Labelled(f"Quality: {each.metric or UNKNOWN}", f"{say_figure(each.value)}{precision}")
    if model is None or not (model.runs or model.accuracy):
        yield Labelled("Of the model", f"{UNKNOWN}: none is named for it")
    if case.placement is not None:
        for term in case.placement.ledger.terms:
            known = f"{term.basis}: {term.note}" if term.note else term.basis
            yield Labelled(f"Latency, {term.name}", known)


def _runs(subject: Subject, case: Case, model: Model | None) -> Iterator[tuple[str, str]]:
    """Where it was measured on the class that it runs on, and how."""
    device = case.placement.device if case.placement else ""
    classes = {each.class_name for each in subject.site.devices if each.name == device}
    for run in model.runs if model else ():
        if run.class_name in classes:
            how = filter(None, (run.runtime, run.precision, run.evidence or "how is unknown"))
            yield run.class_name, ", ".join(how)


def _open(subject: Subject, case: Case) -> Iterator[Labelled]:
    for finding in case.findings:
        waived = f"; waived: {finding.waiver}" if finding.waiver else ""
        yield Labelled(finding.severity.value, f"{finding.message} [{finding.rule}]{waived}")
    for waiver in subject.site.waivers:
        yield Labelled("waiver", say_waiver(waiver, subject.today))
    if not case.findings and not subject.site.waivers:
        yield Labelled("none", "no finding of this use case, no waiver of the plant")
