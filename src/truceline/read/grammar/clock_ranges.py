"""Parts of times put together: two days to a range, a weekday to its date, one instant told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity
from truceline.read.grammar.clock_parts import DAY, Part, Twin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.read.grammar.clock_parts import Scan

_SPANNED = frozenset({Granularity.DAY, Granularity.MONTH, Granularity.YEAR})
_OPENED = frozenset({Granularity.DAY, Granularity.MONTH})
_DASHES, _BETWEEN = frozenset({"-", "\u2013"}), frozenset({"(", "[", ",", "/", "="})
_GAP, _BESIDE, _WEEK = 3, 3, timedelta(days=7)
_DATE_MARKS = frozenset({",", "(", "."})


def days_joined(scan: Scan, days: Sequence[Part]) -> list[Part]:
    """Join weekdays with their dates and the two ends of ranges; mark what stays open at one end."""
    dated: list[Part] = []
    for part in days:
        last = dated[-1] if dated else None
        if last is not None and _one_day(scan, last, part):
            dated[-1] = _named(last, part)
        else:
            dated.append(part)
    found: list[Part] = []
    for part in dated:
        last = found[-1] if found else None
        if last is not None and _ends(scan, last, part):
            found[-1] = _range(last, part)
        else:
            found.append(part)
    return [_opened(scan, part) for part in found]


def _one_day(scan: Scan, first: Part, second: Part) -> bool:
    """Answer whether two parts are `Saturday, October 10` or `10 October, a Saturday`."""
    if (first.weekday is None) == (second.weekday is None):
        return False
    date = second if first.weekday is not None else first
    gap = range(first.j, second.i)
    plain = all(
        scan.norm(k) in _DATE_MARKS or scan.has(k, "article") or scan.has(k, "in") for k in gap
    )
    return plain and len(gap) < _GAP and date.grain is Granularity.DAY and not date.relative


def _named(first: Part, second: Part) -> Part:
    date, week = (second, first) if first.weekday is not None else (first, second)
    joined = replace(date, i=first.i, j=second.j)
    if date.low is not None and date.low.weekday() != week.weekday:
        return replace(joined, flags=(*date.flags, "weekday_mismatch"))
    return joined


def _ends(scan: Scan, first: Part, second: Part) -> bool:
    """Answer whether two parts are the ends of `from 27 September to 10 October`."""
    if first.grain not in _SPANNED or second.grain not in _SPANNED:
        return False
    if {"weekday_mismatch", "date_ambiguous"} & {*first.flags, *second.flags}:
        return False
    gap = range(first.j, second.i)
    words = [scan.norm(k) for k in gap if not scan.has(k, "article")]
    if len(words) != 1:
        return False
    if words[0] in _DASHES or words[0] in scan.words["range"]:
        return True
    lead = scan.has(first.i - 1, "range_from") or (
        scan.has(first.i - 1, "article") and scan.has(first.i - 2, "range_from")
    )
    return lead and words[0] in scan.words["joiner"]


def _range(first: Part, second: Part) -> Part:
    """Give the days from one to another; a year that only one of them states is that of both."""
    low, high = first.low, second.high
    if low is not None and high is not None and high <= low:
        low, high = _in_order(first, second, low, high)
    elif low is not None and second.told and not first.told and not first.relative and high:
        low = _same_year(low, high - DAY)
    if low is None and high is not None and first.flags == ("year_unknown",) and second.told:
        return replace(second, i=first.i, flags=("range_start_unknown",))
    flags = tuple(dict.fromkeys((*first.flags, *second.flags)))
    if low is None or high is None or high <= low:
        low = high = None
        flags = flags or ("date_impossible",)
    return Part(
        first.i,
        second.j,
        low,
        high,
        Granularity.RANGE,
        flags=flags,
        told=second.told,
        relative=first.relative and second.relative,
    )


def _in_order(
    first: Part, second: Part, low: datetime, high: datetime
) -> tuple[datetime, datetime]:
    """Move the end whose year or week was only inferred."""
    if first.weekday is not None and second.weekday is not None:
        return low - _WEEK, high
    if second.told and not first.told:
        return _same_year(low, high - DAY), high
    if first.told and not second.told:
        moved = high - DAY
        moved = _year_of(moved, low.year)
        return low, (moved if moved >= low else _year_of(moved, low.year + 1)) + DAY
    return low, high


def _same_year(low: datetime, last: datetime) -> datetime:
    """Give a date the year of the one after it, or the year before where it would lie behind."""
    moved = _year_of(low, last.year)
    return moved if moved <= last else _year_of(low, last.year - 1)


def _year_of(day: datetime, year: int) -> datetime:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _opened(scan: Scan, part: Part) -> Part:
    """Let `since 27 September` last until publication; mark `until 18 October`."""
    if part.grain not in _OPENED:
        return part
    if scan.has(part.i - 1, "until"):
        return replace(part, flags=(*part.flags, "open_start"))
    if not scan.has(part.i - 1, "since"):
        return part
    part = replace(part, flags=(*part.flags, "open_end"))
    midnight = scan.midnight()
    if part.low is None or midnight is None or midnight < part.low:
        return part
    return replace(part, high=midnight + DAY, grain=Granularity.RANGE)


def clocks_joined(scan: Scan, clocks: Sequence[Part], days: Sequence[Part]) -> list[Part]:
    """Join `12:00 local, 11:00 Moscow time`: one instant told in two zones."""
    inside = {k for d in days for k in range(d.i, d.j)}
    found: list[Part] = []
    for part in clocks:
        last = found[-1] if found else None
        if last is not None and _same_instant(scan, last, part, inside):
            found[-1] = _both(last, part)
        else:
            found.append(part)
    return found


def _same_instant(scan: Scan, first: Part, second: Part, inside: set[int]) -> bool:
    if first.twin is not None or second.grain is not Granularity.MINUTE:
        return False
    if first.offset == second.offset and first.summer == second.summer:
        return False
    gap = [k for k in range(first.j, second.i) if k not in inside]
    return 0 < len(gap) <= _BESIDE and all(
        scan.norm(k) in _BETWEEN or scan.has(k, "same_time") for k in gap
    )


def _both(first: Part, second: Part) -> Part:
    """Keep the time with the stated zone and remember the other."""
    stated, other = (second, first) if second.offset is not None else (first, second)
    exact = other.grain is Granularity.MINUTE and other.minutes is not None
    twin = Twin(other.minutes[0], other.offset, other.summer) if exact and other.minutes else None
    return replace(
        stated, i=first.i, j=second.j, twin=twin, flags=(*stated.flags, "zone_stated_twice")
    )
