"""The recovery card for the wall beside the machine (R27): a page for each place that runs models.

It is read by whoever stands there when something has stopped, so it says what to do, in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.box_flows import say_safety
from edgeward.brief.box_stop import say_emergency, say_rollback
from edgeward.brief.document import Document, Part
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import labelled, say_figure, say_model
from edgeward.explore.degraded import LINK, degrade, fallback_lasts, falls_back, say_rebuilt
from edgeward.facts.host import CLOUD
from edgeward.report.view import Labelled

_INVENTORY = "/usr/share/doc/edgeward/inventory.html"


def write_cards(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """A card for each device and one for the cloud, where any of the use cases runs."""
    hosts: dict[str, list[Case]] = {}
    for case in cases:
        if case.placement is not None:
            hosts.setdefault(case.placement.device, []).append(case)
    return tuple(_card(subject, host, tuple(hosts[host])) for host in sorted(hosts))


def _card(subject: Subject, host: str, cases: tuple[Case, ...]) -> Document:
    where = "the cloud" if host == CLOUD else host
    return Document(
        name=f"card-{host}",
        title=f"When {where} stops",
        subtitle=f"{subject.title} · hangs beside the machine",
        lead=(_say_tasks(cases),),
        parts=(
            *(_case(subject, host, each) for each in cases),
            Part("Who to call", _contacts(subject, host, cases), boxed=True),
            Part("Afterwards", steps=tuple(_afterwards(host))),
        ),
        foot=subject.foot,
        large=True,
    )


def _say_tasks(cases: tuple[Case, ...]) -> str:
    tasks = (f"{each.use_case.action or UNKNOWN} ({each.name})" for each in cases)
    return f"What depends on it: {'; '.join(tasks)}."


def _case(subject: Subject, host: str, case: Case) -> Part:
    return Part(
        f"{case.name} gives no answer",
        lines=labelled(("Safety", say_safety(case.use_case))),
        steps=tuple(_steps(subject, host, case)),
        note=f"Model: {say_model(subject.site, case.use_case)}.",
        boxed=True,
    )


def _steps(subject: Subject, host: str, case: Case) -> Iterator[str]:
    absent = case.use_case.absent
    yield f"Without it the plant {falls_back(absent)}. See that this happens."
    away = frozenset((LINK if host == CLOUD else host,))
    yield f"Note the time: this is good {fallback_lasts(subject.site, case.use_case, away)}."
    if host != CLOUD:
        assert case.placement is not None
        found = degrade(subject.site, subject.catalog, case.placement, frozenset((LINK,)))
        yield f"Is it only the link to the cloud? Then {found.does}; {found.lasts}."
    yield "Call whoever is named for it below."
    yield f"Wrong answers instead of none: back to the old model {say_rollback(case.use_case)}."


def _contacts(subject: Subject, host: str, cases: tuple[Case, ...]) -> tuple[Labelled, ...]:
    lines = [Labelled(each.name, say_emergency(each.use_case)) for each in cases]
    device = next((each for each in subject.site.devices if each.name == host), None)
    if device is not None:
        team = (device.run_by.team if device.run_by else None) or f"{UNKNOWN}: nobody is named"
        lines.append(
            Labelled(f"The box {host}", f"{team}; a new one is there {say_rebuilt(device)}")
        )
        boxes = f"{say_figure(device.spares)} of {say_figure(device.boxes)}"
        lines.append(Labelled("Boxes that may fail", boxes))
    lines.append(Labelled("The plant", subject.site.owner or f"{UNKNOWN}: nobody is named"))
    return tuple(lines)


def _afterwards(host: str) -> Iterator[str]:
    yield "See that answers come again before the fallback ends."
    yield "Write down when it stopped, when it came back, and what was done."
    if host != CLOUD:
        yield f"What is installed, where it connects and how to remove it: {_INVENTORY} on the box."
