"""How old a figure is by the date that its source gives: a day, a month or a year."""

from __future__ import annotations

import re
from datetime import date


def days_old(written: str, today: date) -> int:
    """How many days old at least; of a month or a year its 28th of the last month counts."""
    return (today - last_day(written)).days


def last_day(written: str) -> date:
    year, month, day = (*map(int, re.findall(r"\d+", written)), 0, 0)[:3]
    return date(year, month or 12, day or 28)
