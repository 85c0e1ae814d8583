"""What a use case does while the cloud, a device, the broker or the clock is away, and how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edgeward.catalog import Catalog
from edgeward.decision import Pattern, Placement
from edgeward.explore.explanation import Degraded
from edgeward.explore.hours import say_certain, say_hours, say_long
from edgeward.facts.buffer import buffer_facts
from edgeward.facts.capacity import available_storage_mb
from edgeward.facts.host import CLOUD, Host
from edgeward.facts.upload import uploaded_streams
from edgeward.quantity import Quantity
from edgeward.site import Device, Site, Stream
from edgeward.use_case import Absent, UseCase

LINK, BROKER, CLOCK = "link", "broker", "clock"
"""What may be away besides devices, as `--if` names it; `cloud` is the same as the link."""

_FALLBACKS: Mapping[str, str] = {
    "safe_action": "takes the safe action",
    "last_value": "keeps the last value",
    "stop": "stops the line",
    "human": "leaves it to people",
    "none": "does nothing in its place",
}
_NOT_SAID_WHAT: Mapping[str, str] = {
    "safe_action": "what that is, is not declared",
    "human": "who they are and what they do is not declared",
}
_THEN: Mapping[str, str] = {"stop": "the line stops"}
_NOT_SAID_THEN = "; what happens after that is not declared"
_CERTIFICATES = "how long the certificates for sending are valid is not declared"


def explain_degraded(site: Site, catalog: Catalog, placement: Placement) -> tuple[Degraded, ...]:
    """Without the cloud, the plant servers (where there are any), the broker, the clock."""
    servers = frozenset(each.name for each in site.devices if each.tier == "plant")
    aways = [frozenset({LINK}), servers, frozenset({BROKER}), frozenset({CLOCK})]
    return tuple(degrade(site, catalog, placement, away) for away in aways if away)


def degrade(site: Site, catalog: Catalog, placement: Placement, away: frozenset[str]) -> Degraded:
    """What a placed use case does while all that is named in `away` is."""
    use_case = next(each for each in site.use_cases if each.name == placement.use_case)
    streams = tuple(each for each in site.streams if each.name in use_case.reads)
    because = next(_stops(placement, use_case, streams, away), None)
    name = _say_away(away, site)
    if because is not None:
        return Degraded(
            name,
            False,
            f"no predictions, {because}: the plant {falls_back(use_case.absent)}",
            fallback_lasts(site, use_case, away),
        )
    goes_on = "; ".join(_goes_on(placement, use_case, away))
    return Degraded(name, True, goes_on, _goes_on_for(site, catalog, placement, streams, away))


def _stops(
    placement: Placement, use_case: UseCase, streams: tuple[Stream, ...], away: frozenset[str]
) -> Iterator[str]:
    """Why there is no prediction any more."""
    cloud = placement.device == CLOUD
    if cloud and LINK in away:
        yield "the model is out of reach"
    if placement.device in away:
        yield f"the model ran on {placement.device}"
    for stream in streams:
        if stream.at in away:
            yield f"{stream.name} is captured there"
    if BROKER in away and cloud:
        yield "its input goes to the cloud through the broker"
    if BROKER in away:
        for what, protocol in _connections(use_case, streams):
            if (protocol or "").startswith("mqtt"):
                yield f"{what} goes through the broker"
    if CLOCK in away and cloud:
        yield "the cloud refuses a device whose clock is wrong"


def _connections(
    use_case: UseCase, streams: tuple[Stream, ...]
) -> Iterator[tuple[str, str | None]]:
    yield from ((each.name, each.protocol) for each in streams)
    yield from ((f"the value for {each.to}", each.protocol) for each in use_case.writes)


def _goes_on(placement: Placement, use_case: UseCase, away: frozenset[str]) -> Iterator[str]:
    yield "predictions go on without it, however long"
    deferred = placement.pattern is Pattern.DUAL_PATH and placement.bands is not None
    if LINK in away and deferred and str(placement.bands["defer_to"]) == CLOUD:  # type: ignore[index]
        below = str(placement.bands["below"]).replace("_", " ")  # type: ignore[index]
        yield f"what would be deferred to the cloud gets the answer for low scores: {below}"
    if (BROKER in away or LINK in away) and not use_case.writes:
        yield "who still gets them is not known, no connection for them is declared"
    if CLOCK in away:
        yield "the times in the records are wrong"


def _goes_on_for(
    site: Site,
    catalog: Catalog,
    placement: Placement,
    streams: tuple[Stream, ...],
    away: frozenset[str],
) -> str:
    if LINK in away:
        kept = _buffer_lasts(site, catalog, placement, streams)
        return f"{kept}; no new model arrives meanwhile, and {_CERTIFICATES}"
    if BROKER in away:
        leaving = [each for each in streams if each.leaves]
        if leaving and set(leaving) <= set(uploaded_streams(site, (placement,))):
            return "what leaves does so as files, without the broker"
        return "nothing leaves and nothing is queued: what would leave meanwhile is lost"
    if CLOCK in away:
        return f"windows do not open in time and updates wait; {_CERTIFICATES}"
    return "as long as it takes: it needs nothing from there"


def _buffer_lasts(
    site: Site, catalog: Catalog, placement: Placement, streams: tuple[Stream, ...]
) -> str:
    """For how long what should leave is kept, on the device with the least room for it."""
    outage = site.connectivity.worst_outage_hours
    said = []
    for device in site.devices:
        leaving = [
            each for each in streams if each.leaves and (each.at or placement.device) == device.name
        ]
        if not leaving or device.tier is None:
            continue
        host = Host(
            device.tier, device.name, device, catalog.device_classes.get(device.class_name or "")
        )
        needed = buffer_facts(site, device, leaving).needed_mb
        hours = available_storage_mb(host) * outage / needed
        said.append(f"{device.name} {_say_room(hours, outage)}")
    planned = f"the longest outage planned for is {say_hours(outage)}"
    if not said:
        return f"nothing would leave, so nothing has to be kept; {planned}"
    return f"{', '.join(said)}; {planned}"


def _say_room(hours: Quantity, outage: Quantity) -> str:
    """Whether what should leave is kept until the link is back: the least there is room for."""
    room = say_long(min(hours.low, outage.high))
    if hours.low >= outage.high:
        return (
            f"keeps what should leave for up to {room}, for which its queue is made, and may lose "
            "what comes after"
        )
    return f"is only sure to keep {room} of what should leave, and may lose what comes after"


def falls_back(absent: Absent | None) -> str:
    if absent is None or absent.do is None:
        return "has no fallback declared"
    text = absent.text or _NOT_SAID_WHAT.get(absent.do, "")
    return f"{_FALLBACKS[absent.do]}{f' ({text})' if text else ''}"


def fallback_lasts(site: Site, use_case: UseCase, away: frozenset[str]) -> str:
    absent = use_case.absent
    gone = [each for each in site.devices if each.name in away]
    if absent is None or absent.do in (None, "none"):
        rebuilt = "".join(f"; {each.name} is rebuilt {say_rebuilt(each)}" for each in gone)
        return f"for how long that is safe is not declared{rebuilt}"
    said, then = "for how long is not known", _NOT_SAID_THEN
    if absent.endless:
        said, then = "for as long as it takes", ""
    elif absent.lasts_hours.bounded:
        said = f"for {say_certain(absent.lasts_hours)}"
    if absent.then:
        then = f", then {_THEN.get(absent.then, absent.then)}"
    worst = ""
    if LINK in away:
        outage = site.connectivity.worst_outage_hours
        worst = f"; the longest outage planned for is {say_hours(outage)}"
        worst += _say_gap(absent, outage, "of it not covered")
    rebuilt = "".join(
        f"; {each.name} is rebuilt {say_rebuilt(each)}"
        + (_say_gap(absent, each.run_by.rebuild_hours, "too late") if each.run_by else "")
        for each in gone
    )
    return f"{said}{then}{worst}{rebuilt}"


def say_uncovered(absent: Absent | None, away: Quantity) -> str:
    """How much longer something may be away than the fallback is sure to last; empty for none."""
    if absent is None or not (absent.lasts_hours.bounded and away.bounded):
        return ""
    rest = away.high - absent.lasts_hours.low
    return say_long(rest) if rest > 0 else ""


def _say_gap(absent: Absent, away: Quantity, words: str) -> str:
    if not (absent.lasts_hours.bounded and away.bounded):
        return ""
    rest = say_uncovered(absent, away)
    return f", up to {rest} {words}" if rest else ", so it lasts long enough"


def say_rebuilt(device: Device) -> str:
    """`in 8 h`, or that nobody says."""
    hours = device.run_by.rebuild_hours if device.run_by else None
    if hours is None or not hours.bounded:
        return "in a time that is not declared"
    return f"in {say_hours(hours)}"


def _say_away(away: frozenset[str], site: Site) -> str:
    words = {LINK: "cloud", BROKER: "broker", CLOCK: "clock"}
    servers = {each.name for each in site.devices if each.tier == "plant"}
    names = [words.get(each, each) for each in sorted(away) if each not in servers]
    if servers & away:
        gone = ", ".join(sorted(servers & away))
        names.append(f"plant server ({gone})")
    return " and ".join(names)
