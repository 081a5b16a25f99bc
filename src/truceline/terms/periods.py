"""Periods as ISO 8601 writes them: `P60D` from a start, counted to the hour or in whole days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.agreement import Counting, Period

if TYPE_CHECKING:
    from datetime import tzinfo

PERIOD_PATTERN = r"^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is: months by the calendar, days by the clock on the wall, hours by the hour."""

    months: int
    days: int
    hours: timedelta


def length_of(text: str) -> Length:
    """Read `P60D`, `P1M`, `P2W`, `PT72H`; MissionError where it is none of these or longer than a century."""
    found = re.fullmatch(PERIOD_PATTERN, text)
    if found is None:
        msg = f"{text!r} is not a period"
        raise MissionError(msg, "write it in ISO 8601: P60D, P2W, P1M, PT72H")
    years, months, weeks, days, _, hours, minutes = (
        int(part[:-1]) if part and part[0] != "T" else 0 for part in found.groups()
    )
    length = Length(
        years * _MONTHS + months, weeks * 7 + days, timedelta(hours=hours, minutes=minutes)
    )
    if length.months > 1200 or length.days > 36_525 or length.hours > timedelta(days=36_525):  # noqa: PLR2004
        msg = f"{text!r} is longer than a century"
        raise MissionError(msg, "correct the period")
    return length


def end_of(period: Period, start: datetime, zone: tzinfo) -> datetime:
    """Give the UTC instant at which a period from `start` is over, by the clock and calendar of `zone`.

    Months end on the same day of a later month, or on its last where it has no such day. Whole days end at
    midnight: with the first day counted, `P1D` ends with the day of the start.
    """
    length = length_of(period.length)
    local = start.astimezone(zone)
    if period.counting is Counting.TO_THE_HOUR:
        moved = _later(local.replace(tzinfo=None), length).replace(tzinfo=zone)
        return moved.astimezone(UTC) + length.hours
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    first = timedelta(days=0 if period.counting is Counting.FIRST_DAY_COUNTED else 1)
    end = _later(midnight, length) + first
    return (end.replace(tzinfo=zone) + length.hours).astimezone(UTC)


def end_of_text(length: str, counting: str, start: datetime, zone: tzinfo) -> datetime | None:
    """Give the end of a period as it is written, None where its words are wrong."""
    try:
        return end_of(Period(length=length, start="", counting=Counting(counting)), start, zone)
    except (MissionError, ValueError, OverflowError):
        return None


def _later(local: datetime, length: Length) -> datetime:
    """Move by months, then by days, on the wall's clock."""
    year, month = divmod(local.year * _MONTHS + local.month - 1 + length.months, _MONTHS)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day) + timedelta(days=length.days)
