"""The rollback checklist (R26): from putting back a model to taking everything out again."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.box_stop import say_decider, say_emergency, say_rollback
from edgeward.brief.document import Document, Part
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import labelled, say_model
from edgeward.explore.degraded import falls_back
from edgeward.facts.host import CLOUD
from edgeward.history import Commit
from edgeward.report.wording import say_tier


def write_rollback(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """One checklist for the use cases that have a place."""
    placed = tuple(each for each in cases if each.placement is not None)
    if not placed:
        return ()
    return (
        Document(
            name="rollback",
            title=f"Rollback checklist: {subject.title}",
            subtitle=f"for {subject.version.say()}",
            lead=("Whoever does a step ticks it, with the time and a name.",),
            parts=(
                *(_model(subject, each) for each in placed),
                Part("The decision goes back", steps=tuple(_decision(subject))),
                Part("Take it out for good", steps=tuple(_removal(subject, placed))),
            ),
            foot=subject.foot,
        ),
    )


def _model(subject: Subject, case: Case) -> Part:
    use_case, placement = case.use_case, case.placement
    assert placement is not None
    on_cloud = placement.device == CLOUD
    publish = "Publish the release before: `edgeward release publish … --number N`, N lower"
    return Part(
        f"{case.name}: back to the old model",
        lines=labelled(
            ("Runs on", say_tier(placement.inference_tier, placement.device)),
            ("Model now", say_model(subject.site, use_case)),
            ("Goes back", say_rollback(use_case)),
            ("Decides", say_decider(use_case)),
            ("Who to call", say_emergency(use_case)),
        ),
        steps=(
            "The condition holds, or a person who may decide says so.",
            f"Until it works again the plant {falls_back(use_case.absent)}.",
            "Put the version before into the plant's file, and run `pulumi up`"
            if on_cloud
            else f"{publish}; or let your update agent install the bundle before",
            "Answers come again, and the measure behind the condition recovers.",
            f"Tell the owner: {use_case.owner or UNKNOWN}.",
        ),
    )


def _decision(subject: Subject) -> Iterator[str]:
    name, before = subject.site.name, _before(subject)
    yield f"Find the change that is to go: `git log -- sites/{name}`. {before}"
    yield "Revert it in a branch: `git revert COMMIT`."
    yield f"`edgeward decide {name}`, then `edgeward diff BASE` says what that changes."
    yield "The same reviewers approve it as any other change, and it is merged."
    yield f"`edgeward check {name} --locked` is clean."
    yield f"`pulumi up --stack {name}` for the cloud; the next release for the devices."


def _before(subject: Subject) -> str:
    """The commits that the plant's file and lock are from, the last one first."""
    if not subject.history:
        return f"The commit before is {UNKNOWN}: git has no history of the plant here."
    return " ".join(_say(word, each) for word, each in zip(_WORDS, subject.history, strict=False))


_WORDS = ("The last one is", "The one before is")


def _say(word: str, commit: Commit) -> str:
    return f"{word} {commit.short} of {commit.day}: {commit.subject}."


def _removal(subject: Subject, cases: tuple[Case, ...]) -> Iterator[str]:
    yield "Set the use case's stage to retired, decide, review, merge."
    devices = sorted({c.placement.device for c in cases if c.placement} - {CLOUD})
    if devices:
        yield "Make a release and publish it: boxes that stay get it without the use case."
    for device in devices:
        yield f"On each box of {device}: the commands on its inventory page, in their order."
    if devices:
        yield "`edgeward inventory` says that no box runs it any more: keep that line with this."
        yield "Have the authority revoke the certificates of boxes that go."
    yield "Close the ports of the port list that nothing else needs."
    in_cloud = {
        name
        for case in cases
        if case.placement and case.placement.device == CLOUD
        for name in case.use_case.reads
    }
    kept = [each.name for each in subject.site.streams if each.leaves or each.name in in_cloud]
    if kept:
        yield f"Records under retention stay where they are until it ends: {', '.join(kept)}."
    yield "Delete the plant's file only when nothing of it runs any more."
