"""The hardware list: what a plant needs, has and must buy, with spares and lead times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgeward.brief.document import Document, Part, Table
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import say_figure
from edgeward.figures import format_usd
from edgeward.quantity import ZERO, Quantity, total
from edgeward.report.unsettled import STANDING_IN, class_stands_in
from edgeward.report.wording import count
from edgeward.site import Device

HEAD = (
    "plant",
    "device",
    "class",
    "what it is",
    "boxes",
    "of them may fail",
    "to buy",
    "price each",
    "price to buy",
    "lead weeks",
    "security updates, years",
    "used for",
)
_FLEET = ("class", "what it is", "boxes", "in plants", "to buy", "price to buy", "lead weeks")
_MOST = 12


def write_hardware(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    rows = hardware_rows(subject)
    if not cases:
        return ()
    return (
        Document(
            name="hardware",
            title=f"Hardware: {subject.title}",
            subtitle=f"owner {subject.site.owner or UNKNOWN}",
            lead=(_say_lead(rows),),
            parts=(
                Part(
                    "Boxes",
                    table=Table(HEAD[1:], tuple(row[1:] for row in rows)),
                    note="Boxes that may fail are part of the number of boxes. How many more lie "
                    "on a shelf is not declared. Prices are the catalog's, without shipping and "
                    "mounting; a range is all that is known of one.",
                ),
            ),
            foot=subject.foot,
            listed=Table(HEAD, rows),
        ),
    )


def hardware_rows(subject: Subject) -> tuple[tuple[str, ...], ...]:
    """The devices that are boxes, in the columns of `HEAD`, in the order of the declaration."""
    return tuple(_row(subject, each) for each in _boxes(subject))


def write_fleet_hardware(subjects: Sequence[Subject]) -> Document:
    """The same for several plants together, class by class."""
    rows = tuple(row for each in subjects for row in hardware_rows(each))
    classes = sorted({device.class_name or UNKNOWN for each in subjects for device in _boxes(each)})
    return Document(
        name="hardware",
        title=f"Hardware of {count(len(subjects), 'plant')}",
        subtitle="all of them together, then plant by plant; only what a decision uses is bought",
        lead=(_say_lead(rows),),
        parts=(
            Part(
                "By class", table=Table(_FLEET, tuple(_class(each, subjects) for each in classes))
            ),
            Part("By plant", table=Table(HEAD, rows)),
        ),
        foot=subjects[0].foot if len(subjects) == 1 else _fleet_foot(subjects),
        listed=Table(HEAD, rows),
    )


def _fleet_foot(subjects: Sequence[Subject]) -> str:
    first = subjects[0]
    return f"From sites/*/site.yaml, {first.version.say()}; judged by the date {first.today}."


def _boxes(subject: Subject) -> tuple[Device, ...]:
    """What has a class or a tier; other names only say where a zone ends."""
    return tuple(each for each in subject.site.devices if each.class_name or each.tier)


def _number(subject: Subject, device: Device) -> Quantity:
    return device.boxes * subject.site.asset_count(device.per)


def _to_buy(subject: Subject, device: Device) -> Quantity | None:
    """None where nobody says whether the plant has it; what nothing uses need not be bought."""
    if device.owned or not _uses(subject, device):
        return ZERO
    return None if device.owned is None else _number(subject, device)


def _row(subject: Subject, device: Device) -> tuple[str, ...]:
    known = subject.catalog.device_classes.get(device.class_name or "")
    to_buy = _to_buy(subject, device)
    price = known.price_usd if known else None
    return (
        subject.site.name,
        device.name,
        _say_class(subject, device),
        known.title if known else UNKNOWN,
        say_figure(_number(subject, device)),
        say_figure(device.spares * subject.site.asset_count(device.per)),
        f"{UNKNOWN}: nobody says whether it is there" if to_buy is None else say_figure(to_buy),
        _say_price(price),
        UNKNOWN if to_buy is None else _say_price(None if price is None else price * to_buy),
        say_figure(known.lead_weeks if known else None),
        say_figure(known.support_years if known else None),
        ", ".join(_uses(subject, device)) or "nothing that was decided",
    )


def _say_class(subject: Subject, device: Device) -> str:
    guessed = STANDING_IN if class_stands_in(subject.site, device) else ""
    return f"{device.class_name or UNKNOWN}{guessed}"


def _say_price(usd: Quantity | None) -> str:
    return UNKNOWN if usd is None or not usd.bounded else format_usd(usd)


def _uses(subject: Subject, device: Device) -> list[str]:
    """The use cases placed on it, and the streams that it captures for any that is placed."""
    placements = subject.decision.placements
    runs = [each.use_case for each in placements if each.device == device.name]
    placed = {each.use_case for each in placements}
    read = {n for each in subject.site.use_cases if each.name in placed for n in each.reads}
    captured = (each for each in subject.site.streams if each.at == device.name)
    return [*runs, *(f"captures {each.name}" for each in captured if each.name in read)]


def _class(name: str, subjects: Iterable[Subject]) -> tuple[str, ...]:
    found = [
        (each, device)
        for each in subjects
        for device in _boxes(each)
        if (device.class_name or UNKNOWN) == name
    ]
    known = found[0][0].catalog.device_classes.get(name)
    buy = [_to_buy(*each) for each in found]
    certain = total([each for each in buy if each is not None])
    open_ = sum(each is None for each in buy)
    return (
        name,
        known.title if known else UNKNOWN,
        say_figure(total([_number(*each) for each in found])),
        str(len({each.site.name for each, _ in found})),
        say_figure(certain) + (f", {count(open_, 'device')} nobody says" if open_ else ""),
        _say_price(known.price_usd * certain if known else None),
        say_figure(known.lead_weeks if known else None),
    )


def _say_lead(rows: Sequence[tuple[str, ...]]) -> str:
    """The devices to buy, and those of which nobody says whether they are there."""
    at = HEAD.index("to buy")
    open_ = [row for row in rows if row[at].startswith(UNKNOWN)]
    buys = [row for row in rows if row[at] != "0" and row not in open_]
    said = f"To buy: {_names(buys)}." if buys else "Nothing to buy is known of."
    return f"{said} Nobody says whether these are there: {_names(open_)}." if open_ else said


def _names(rows: Sequence[tuple[str, ...]]) -> str:
    names = [f"{row[1]} ({row[0]})" for row in rows[:_MOST]]
    more = f" and {len(rows) - _MOST} more" if len(rows) > _MOST else ""
    return f"{', '.join(names)}{more}"
