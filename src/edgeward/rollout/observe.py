"""What a plant's report, or its silence, makes of its state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from edgeward.rollout.rollout import Rollout
from edgeward.rollout.state import Phase, PlantState, Report
from edgeward.rollout.window import CLOCK_MARGIN


def observe(
    rollout: Rollout, state: PlantState, report: Report | None, now: datetime
) -> PlantState:
    """The plant's state after its last report; a dark one is deferred where it still waits."""
    phase = _phase(rollout, state, report)
    if phase != state.phase:
        # What failed has no business in the rest of its window: its partner may be given one.
        # One that was called back may be going back in it.
        window = None if phase == "failed" and state.phase != "waiting" else state.window
        state = replace(state, phase=phase, since=now, window=window)
    if phase not in ("waiting", "assigned"):
        return replace(state, deferred=False) if state.deferred else state
    silent = is_silent(rollout, report, now)
    if phase == "assigned" and state.window is not None and now > state.window[1] + CLOCK_MARGIN:
        # It did not switch, or did and cannot say so; what it says next decides.
        missed = silent or (report is not None and report.at > state.window[1] + CLOCK_MARGIN)
        if missed:
            return replace(state, phase="waiting", since=now, deferred=silent)
    return replace(state, deferred=silent) if state.deferred != silent else state


def is_silent(rollout: Rollout, report: Report | None, now: datetime) -> bool:
    return report is None or now - report.at > _hours(rollout.silent_hours)


@cache
def _hours(count: float) -> timedelta:
    """Made once: with many plants and steps the making is what takes the time."""
    return timedelta(hours=count)


def is_settled(state: PlantState, report: Report | None) -> bool:
    """Whether the plant is surely not switching now, and works: its partner may go."""
    if state.phase in ("assigned", "returning"):
        return False
    if state.window is None:
        return report is None or report.healthy
    heard = report is not None and report.at > min(state.window[1], state.since)
    return heard and report is not None and report.healthy


def may_switch(state: PlantState, now: datetime) -> bool:
    """Whether the plant may be switching now; one that was called back may not know yet."""
    asked = state.phase in ("assigned", "returning", "waiting", "failed")
    return asked and state.window is not None and now <= state.window[1] + CLOCK_MARGIN


def _phase(rollout: Rollout, state: PlantState, report: Report | None) -> Phase:
    """The phase that a report shows; reports from before the plant was asked show nothing."""
    phase = state.phase
    if report is None or phase == "by_hand":
        return phase
    new, old = report.release == rollout.release, report.release == rollout.back_to
    if phase in ("returning", "returned"):
        return "returned" if old else phase
    if rollout.release in report.failed or (new and not report.healthy):
        return "failed"
    if phase == "running" and old and report.at > state.since:
        return "failed"
    # One that was called back may be back by now, whatever it said before.
    called_back = phase == "waiting" and state.window is not None
    told = not called_back or report.at > state.since
    return "running" if new and told and phase in ("waiting", "assigned") else phase
