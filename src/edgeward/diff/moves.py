"""Which use cases are decided differently, and the facts that moved them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from edgeward.decision import Alternative, Decision, Placement, Withheld
from edgeward.diff.change import Move, Version
from edgeward.figures import format_figure, format_usd
from edgeward.quantity import Quantity

LIVE = ("pilot", "production")
_FACTS_TOLD = 4


def compare_moves(before: Version | None, after: Version | None) -> tuple[Move, ...]:
    """The use cases that are placed otherwise, newly, or no longer, by name."""
    had, has = _outcomes(before), _outcomes(after)
    return tuple(
        Move(
            name,
            is_live(before, name),
            had.get(name),
            has.get(name),
            tuple(_explain(name, _decision(before), _decision(after))),
            _rests_on(_decision(after), name),
            _no_fallback(_decision(after), name),
            _withheld(_decision(after), name) is not None,
            _action(after, name) or _action(before, name),
            _fell_back_on(before, after, name),
        )
        for name in sorted({*had, *has})
        if had.get(name) != has.get(name)
    )


def is_live(version: Version | None, name: str) -> bool:
    """Whether a use case is placed, in pilot or production, and its decision committed."""
    decision = _decision(version)
    committed = version is not None and version.lock is not None and name in version.lock.hosts
    return committed and any(
        each.use_case == name and each.stage in LIVE
        for each in (decision.placements if decision else ())
    )


def _no_fallback(decision: Decision | None, name: str) -> bool:
    placement = find_placement(decision, name)
    return placement is not None and placement.fallback == "none"


def _fell_back_on(before: Version | None, after: Version | None, name: str) -> str:
    had = find_placement(_decision(before), name)
    if had is None or _withheld(_decision(after), name) is None:
        return ""
    return had.fallback


def _action(version: Version | None, name: str) -> str:
    site = version.result.site if version is not None else None
    cases = site.use_cases if site is not None else ()
    return next((each.action or "" for each in cases if each.name == name), "")


def find_placement(decision: Decision | None, name: str) -> Placement | None:
    placements = decision.placements if decision else ()
    return next((each for each in placements if each.use_case == name), None)


def say_place(placement: Placement) -> str:
    """`device line2-gpu, training cloud, score and enrich, fallback human`, and its bands."""
    tier, device = placement.inference_tier, placement.device
    bands = "".join(f", {key} {value}" for key, value in sorted((placement.bands or {}).items()))
    return (
        f"{tier if tier == device else f'{tier} {device}'}, training {placement.training_tier}, "
        f"{placement.pattern.value.replace('_', ' ')}, "
        f"fallback {placement.fallback.replace('_', ' ')}{bands}"
    )


def _rests_on(decision: Decision | None, name: str) -> tuple[str, ...]:
    placement = find_placement(decision, name)
    return placement.rests_on if placement is not None else ()


def _decision(version: Version | None) -> Decision | None:
    return version.result.decision if version is not None else None


def _outcomes(version: Version | None) -> dict[str, str]:
    decision = _decision(version)
    if decision is None:
        return {}
    words = {"not_ready": "not ready", "no_tier": "permitted nowhere"}
    held = {each.use_case: words[each.why] for each in decision.withheld}
    return {each.use_case: say_place(each) for each in decision.placements} | held


def _explain(name: str, before: Decision | None, after: Decision | None) -> Iterator[str]:
    old, new = find_placement(before, name), find_placement(after, name)
    held = next((each for each in (after.withheld if after else ()) if each.use_case == name), None)
    if held is not None:
        yield from _explain_withheld(held, old)
    elif new is None:
        yield "it is no longer declared"
    elif old is None or (old.inference_tier, old.device) != (new.inference_tier, new.device):
        yield from _explain_place(old, new, _withheld(before, name))
    else:
        yield "the place is the same; what is declared of it, or how it trains, differs"


def _withheld(decision: Decision | None, name: str) -> Withheld | None:
    held = decision.withheld if decision else ()
    return next((each for each in held if each.use_case == name), None)


def _explain_withheld(held: Withheld, old: Placement | None) -> Iterator[str]:
    for missing in held.missing:
        yield f"missing: {missing.what} ({missing.path})"
    for block in held.training_blocks:
        yield f"training: {block.message} ({block.rule})"
    never = []
    for alternative in held.alternatives:
        was = _same_place(old.alternatives, alternative) if old is not None else None
        if was is not None and was.permitted is False:
            never.append(_where(alternative))
        else:
            yield from _blocks(alternative, was)
    if never:
        yield f"nor was it permitted before in: {', '.join(never)}"


def _explain_place(old: Placement | None, new: Placement, held: Withheld | None) -> Iterator[str]:
    if new.pinned:
        yield new.reason
    elif old is None:
        yield from _opened(new, held.alternatives if held else ())
        yield f"chosen: {new.reason}"
    else:
        left = _same_place(new.alternatives, old.alternatives[0])
        if left is None:
            yield f"{old.device} can no longer be weighed for it"
        elif left.permitted is not True:
            yield from _blocks(left, old.alternatives[0])
        else:
            yield (
                f"it costs {format_usd(new.usd_per_month)} a month there, "
                f"{format_usd(left.usd_per_month)} at {left.device}; "
                f"{old.device} cost {format_usd(old.usd_per_month)} before"
            )
        yield from _opened(new, old.alternatives)


def _opened(new: Placement, before: Iterable[Alternative]) -> Iterator[str]:
    """What had kept it from the place that it has now."""
    was = _same_place(before, new.alternatives[0])
    for block in was.blocks if was is not None else ():
        yield f"{new.device} was blocked before: {block.message} ({block.rule})"


def _blocks(now: Alternative, before: Alternative | None) -> Iterator[str]:
    where = _where(now)
    for block in now.blocks:
        facts = _facts_moved(now, before, block.message)
        yield f"{where} is blocked: {block.message} ({block.rule})" + (
            f"; {facts}" if facts else ""
        )
    if now.permitted is None:
        yield f"{where} is not known to be permitted; it depends on {', '.join(now.rests_on)}"


def _where(alternative: Alternative) -> str:
    return "the cloud" if alternative.tier == "cloud" else alternative.device


def _facts_moved(now: Alternative, before: Alternative | None, message: str) -> str:
    """The facts that the message names and that were other ones before."""
    if before is None:
        return ""
    had, has = _figures(before), _figures(now)
    moved = [
        f"{path} was {had[path]}, is {figure}"
        for path, figure in has.items()
        if had.get(path, figure) != figure
        and re.search(rf"(?<![\w.,]){re.escape(figure)}(?![\w,]|\.\d)", message)
    ]
    return ", ".join(moved[:_FACTS_TOLD])


def _figures(alternative: Alternative) -> Mapping[str, str]:
    return dict(_flatten(alternative.facts, "")) if alternative.facts else {}


def _flatten(facts: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(facts, Quantity):
        yield path, format_figure(facts)
    elif dataclasses.is_dataclass(facts) and not isinstance(facts, type):
        for field in dataclasses.fields(facts):
            below = f"{path}.{field.name}" if path else field.name
            yield from _flatten(getattr(facts, field.name), below)


def _same_place(places: Iterable[Alternative], wanted: Alternative) -> Alternative | None:
    return next(
        (each for each in places if (each.tier, each.device) == (wanted.tier, wanted.device)), None
    )
