"""When a monitor report's words are true: its own header, windows, nights and minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Cited, Granularity
from truceline.read.grammar.clock import Time

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = rf"(?:{'|'.join(_NAMES)})"
_DASH = r"[-\u2013]"


def _date(n: int) -> str:
    """Give the pattern of a date whose month and year may stand with the next one."""
    return rf"(?P<d{n}>\d{{1,2}})(?: (?P<m{n}>{_MONTH}))?(?:,? (?P<y{n}>\d{{4}}))?"


_PARTS = {"morning": (4, 12), "afternoon": (12, 19), "evening": (17, 24), "night": (18, 33)}
_PART = r"(?:early |late )?([Mm]orning|[Aa]fternoon|[Ee]vening|[Nn]ight)s?"
_CLOCK = r"(\d{1,2}):(\d\d)"
_JOIN = rf"(?: ?{_DASH} ?| and | to | until |/)"
AS_OF = re.compile(
    rf"\bas of (?P<h>\d{{1,2}}):(?P<min>\d\d)(?: ?\([^()]{{1,30}}\)|h)?,?(?: on)? {_date(1)}"
)
_ZONE = re.compile(r"\b[Tt]imes (?:are|is) (?:given |stated |indicated )?in (?:the )?([^.;]{3,50})")
_ZONES = {
    "eastern european time": 120,
    "eastern european summer time": 180,
    "central european time": 60,
    "central european summer time": 120,
    "coordinated universal time": 0,
    "utc": 0,
    "moscow time": 180,
}
_PARTS_BETWEEN = re.compile(
    rf"\b[Bb]etween the {_PART} of {_date(1)} and (?:the {_PART} of )?{_date(2)}"
)
_CLOCKS = re.compile(
    rf"\b(?:[Bb]etween|[Ff]rom) {_CLOCK}(?:,? on {_date(1)})?(?:{_JOIN}){_CLOCK}(?:,? on {_date(2)})?"
)
_PART_OF = re.compile(
    rf"\b{_PART}(?: and {_PART})?(?: of| on| between|,)? (?:the )?{_date(1)}(?:{_JOIN}{_date(2)})?"
)
_MINUTE = re.compile(rf"\b(?P<about>[Aa]round |[Aa]bout |[Aa]pproximately )?{_CLOCK}\b")
_DAYS = re.compile(rf"\b(?:(?:[Bb]etween|[Ff]rom) )?{_date(1)}{_JOIN}{_date(2)}")
_DAY = re.compile(rf"\b(?P<d1>\d{{1,2}}) (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?")
_DAILY = re.compile(r"\b[Dd]aily [Rr]eport\b")
_TITLE = 400
_ONE, _HALF = timedelta(days=1), timedelta(minutes=30)
_AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the header says: up to when it was collected, and the zone of all times (minutes east)."""

    as_of: datetime | None
    offset: int | None
    today: date | None
    daily: Cited | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A time with the words that state it; `day` is the one day it names, where there is one."""

    time: Time
    cited: Cited
    day: date | None


def frame_of(text: str, published: datetime | None) -> Frame:
    """Read the header of a report; a zone that is not known is flagged, never guessed."""
    today = published.date() if published else None
    as_of, found = None, AS_OF.search(text)
    if found:
        day = _day(found, 1, today)
        as_of = _at(day, int(found["h"]) * 60 + int(found["min"])) if day else None
    zone = _ZONE.search(text)
    name = re.sub(r" ?\(.*", "", zone[1]).strip().lower() if zone else None
    offset = _ZONES.get(name) if name else None
    flags = ("report_zone_unknown",) if name and offset is None else ()
    daily = None
    if found and _DAILY.search(text, 0, _TITLE):
        daily = Cited(text=found[0], start=found.start(), end=found.end())
    return Frame(as_of, offset, as_of.date() if as_of else today, daily, flags)


def daily_window(frame: Frame) -> Window | None:
    """Give the day up to the header's time for a daily report that states no window."""
    if frame.as_of is None or frame.daily is None:
        return None
    time = Time(0, 0, frame.as_of - _ONE, frame.as_of, Granularity.RANGE, offset=frame.offset)
    return Window(time, frame.daily, None)


def _is_clock(hour: int, minute: int) -> bool:
    return hour <= 24 and minute <= 59  # noqa: PLR2004  the clock's own numbers


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


def _day(found: re.Match[str], n: int, today: date | None) -> date | None:
    """Give the day of date `n`; a month or year left out is that of the other date or of the report."""
    groups = found.groupdict()
    day, month = groups.get(f"d{n}"), groups.get(f"m{n}") or groups.get(f"m{3 - n}")
    if not day or not month:
        return None
    year = groups.get(f"y{n}") or groups.get(f"y{3 - n}")
    try:
        if year:
            return date(int(year), _MONTHS[month], int(day))
        if today is None:
            return None
        near = date(today.year, _MONTHS[month], int(day))
        return near if near <= today + _AHEAD else near.replace(year=today.year - 1)
    except ValueError:
        return None


def window_in(text: str, first: int, last: int, frame: Frame) -> Window | None:
    """Give the time that a stretch of the text states: the most telling form that it holds."""
    for pattern, reader in _FORMS:
        for found in pattern.finditer(text, first, last):
            time = reader(found, frame)
            if time is not None:
                return _window(text, found, time, frame)
    return None


def windows_in(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Give the places of all dates and clock times, so that their numbers are not counted."""
    return [
        found.span()
        for pattern in (*(p for p, _ in _FORMS), _MINUTE)
        for found in pattern.finditer(text, first, last)
        if pattern is _MINUTE or "m1" not in found.groupdict() or _dated(found)
    ]


def _dated(found: re.Match[str]) -> bool:
    groups = found.groupdict()
    return bool(groups.get("m1") or groups.get("m2"))


def _window(text: str, found: re.Match[str], time: Time, frame: Frame) -> Window:
    start, end = found.span()
    while text[end - 1] in " ,":
        end -= 1
    cited = Cited(text=text[start:end], start=start, end=end)
    low, high = time.low, time.high
    if (
        low
        and high
        and frame.as_of
        and low < frame.as_of < high
        and (time.granularity is Granularity.PART_OF_DAY)
    ):
        high = frame.as_of
    one = low.date() if low and time.granularity in {Granularity.DAY, Granularity.MINUTE} else None
    return Window(replace(time, high=high, offset=frame.offset), cited, one)


def _parts_between(found: re.Match[str], frame: Frame) -> Time | None:
    first, last = _day(found, 1, frame.today), _day(found, 2, frame.today)
    part = _parts(found)
    if first is None or last is None or last < first:
        return None
    low, high = _PARTS[part[0]][0], _PARTS[part[-1]][1]
    return Time(0, 0, _at(first, low * 60), _at(last, high * 60), Granularity.PART_OF_DAY)


def _parts(found: re.Match[str]) -> list[str]:
    return [g.lower() for g in found.groups() if g and g.lower() in _PARTS]


def _part_of(found: re.Match[str], frame: Frame) -> Time | None:
    """Read `the evening and night of 3-4 August`: a night begins on the first of its two days."""
    first = _day(found, 1, frame.today)
    last = _day(found, 2, frame.today) or first
    parts = _parts(found)
    if first is None or last is None or not first <= last:
        return None
    one_night = parts[-1] == "night" and last - first == _ONE
    end = _at(first if one_night else last, _PARTS[parts[-1]][1] * 60)
    return Time(0, 0, _at(first, _PARTS[parts[0]][0] * 60), end, Granularity.PART_OF_DAY)


def _clocks(found: re.Match[str], frame: Frame) -> Time | None:
    """Read `between 21:10 on 3 August and 04:30 on 4 August`; a date may stand elsewhere."""
    hours = [int(g) for g in (found[1], found[2], found[6], found[7])]
    last = _day(found, 2, frame.today) or _day(found, 1, frame.today) or _day_of(found, frame)
    first = _day(found, 1, frame.today) or last
    if first is None or last is None or not (_is_clock(*hours[:2]) and _is_clock(*hours[2:])):
        return None
    low, high = _at(first, hours[0] * 60 + hours[1]), _at(last, hours[2] * 60 + hours[3])
    if high < low:
        return None
    return Time(0, 0, low, high, Granularity.RANGE, clock=True)


def _day_of(found: re.Match[str], frame: Frame) -> date | None:
    """Give the one day that the same stretch names elsewhere, None where it names none or several."""
    days = {_day(d, 1, frame.today) for d in _DAY.finditer(found.string, found.pos, found.endpos)}
    return days.pop() if len(days) == 1 else None


def _minute(found: re.Match[str], frame: Frame) -> Time | None:
    hour, minute = int(found[2]), int(found[3])
    day = _day_of(found, frame)
    if day is None or not _is_clock(hour, minute):
        return None
    at = _at(day, hour * 60 + minute)
    if found["about"]:
        return Time(0, 0, at - _HALF, at + _HALF, Granularity.HOUR, clock=True)
    return Time(0, 0, at, at, Granularity.MINUTE, clock=True)


def _days(found: re.Match[str], frame: Frame) -> Time | None:
    first, last = _day(found, 1, frame.today), _day(found, 2, frame.today)
    if first is None or last is None or last <= first:
        return None
    return Time(0, 0, _at(first, 0), _at(last, 0) + _ONE, Granularity.RANGE)


def _one_day(found: re.Match[str], frame: Frame) -> Time | None:
    day = _day(found, 1, frame.today)
    return Time(0, 0, _at(day, 0), _at(day, 0) + _ONE, Granularity.DAY) if day else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Frame], Time | None]], ...] = (
    (_PARTS_BETWEEN, _parts_between),
    (_CLOCKS, _clocks),
    (_MINUTE, _minute),
    (_PART_OF, _part_of),
    (_DAYS, _days),
    (_DAY, _one_day),
)


def clock_on(text: str, where: tuple[int, int], day: date, frame: Frame) -> Window | None:
    """Give a clock time without a date on a day that was inherited."""
    found = _MINUTE.search(text, *where)
    if found is None or not _is_clock(int(found[2]), int(found[3])):
        return None
    at = _at(day, int(found[2]) * 60 + int(found[3]))
    slack = _HALF if found["about"] else timedelta(0)
    grain = Granularity.HOUR if found["about"] else Granularity.MINUTE
    return _window(text, found, Time(0, 0, at - slack, at + slack, grain, clock=True), frame)


def clock_in(text: str, first: int, last: int) -> bool:
    """Answer whether a stretch names a clock time."""
    return _MINUTE.search(text, first, last) is not None
