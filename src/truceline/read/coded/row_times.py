"""Local times with a precision word to spans in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.place_time import Span, TimePrecision, plausible_year
from truceline.terms.calendar import refuse_clock_change

if TYPE_CHECKING:
    from datetime import date, tzinfo

DAY = timedelta(days=1)
ABOUT = timedelta(minutes=30)
_BARE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_NIGHT = re.compile(r"night (\d{1,2})\s*/\s*(\d{1,2})$")
_BOUND = re.compile(r"\((before|after) (\d{1,2}):(\d{2})\)")
# Hours of the local day in which a part of the day certainly lies; words overlap on purpose.
_PARTS: dict[str, tuple[int, int]] = {
    "early morning": (0, 9),
    "morning": (4, 12),
    "dawn": (3, 9),
    "noon": (11, 14),
    "midday": (11, 14),
    "afternoon": (12, 19),
    "evening": (17, 24),
    "dusk": (16, 21),
    "late evening": (20, 24),
    "night": (0, 32),
}
_CLOCK = {"exact", "minute"}
_OPEN = {"after", "from", "from noon", "since"}
_WHOLE = {"day", "range", "weekend", "cumulative", "week", "month", ""}
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Frame:
    """By what a row's times are read: the zone with its rule in words, and what bounds an open end.

    `published` is the end of publication: of the instant, or of the day where only that is known; `since` is the
    first day of the reports, from which running totals are taken to count.
    """

    zone: tzinfo
    rule: str
    published: datetime
    since: date


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated local time: the instant, and whether only its date was given."""

    instant: datetime
    bare: bool

    @property
    def end(self) -> datetime:
        """The last instant the words allow."""
        return self.instant + DAY if self.bare else self.instant

    @property
    def midnight(self) -> datetime:
        """The start of the local day."""
        return self.instant.replace(hour=0, minute=0, second=0, microsecond=0)


def stated(text: str, zone: tzinfo) -> Stated | None:
    """Read `2020-10-10`, `2020-10-10 12:05` (time of the zone) or a time with its own offset.

    Raises ValueError when it is none of these, and for an hour that the clock of the zone skips or shows twice.
    """
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if not plausible_year(instant):
        msg = f"the year {instant.year} cannot be meant"
        raise ValueError(msg)
    bare = bool(_BARE.match(text))
    if instant.tzinfo is None:
        if not bare:
            _refuse_clock_change(instant, zone, text)
        instant = instant.replace(tzinfo=zone)
    return Stated(instant, bare=bare)


def _refuse_clock_change(local: datetime, zone: tzinfo, text: str) -> None:
    try:
        refuse_clock_change(local, zone, text)
    except MissionError as error:
        msg = f"{error.message}; {error.advice}"
        raise ValueError(msg) from None


def span_of(t_from: str, t_to: str, word: str, frame: Frame) -> Span | None:
    """Give the span that two local times and a precision word describe, None when nothing is stated.

    Raises ValueError for an unreadable time or a reversed range.
    """
    first, last = stated(t_from, frame.zone), stated(t_to, frame.zone)
    if first is None:
        return None
    if last is not None and last.instant < first.instant:
        msg = f"the time ends ({t_to}) before it starts ({t_from})"
        raise ValueError(msg)
    earliest, latest, precision = _bounds(first, last, word.strip().casefold(), frame)
    return Span(
        earliest=earliest.astimezone(UTC),
        latest=latest.astimezone(UTC),
        text=" ".join(part for part in (t_from, f"to {t_to}" if t_to else "", word) if part),
        precision=precision,
        zone_rule=frame.rule,
    )


def known_word(word: str) -> bool:
    """Answer whether a precision word is understood."""
    plain = word.strip().casefold()
    return plain in _CLOCK | _OPEN | _WHOLE | {"about", "reported"} or _part(plain) is not None


def _part(word: str) -> str | None:
    if _NIGHT.match(word):
        return "night"
    plain = _BOUND.sub("", word).strip()
    if plain.startswith("after ") and "(" in plain:
        return "after"
    return plain if plain in _PARTS else None


Bounds = tuple[datetime, datetime, TimePrecision]


def _bounds(first: Stated, last: Stated | None, word: str, frame: Frame) -> Bounds:
    if last is not None:
        return first.instant, last.end, TimePrecision.RANGE
    if first.bare:
        return _whole_days(first.midnight, word, frame) or _within_day(first, word)
    if word in _OPEN:
        return first.instant, first.midnight + DAY, TimePrecision.OPEN_ENDED
    if word == "reported":
        return first.midnight, first.instant, TimePrecision.OPEN_ENDED
    if word in _CLOCK:
        return first.instant, first.instant, TimePrecision.MINUTE
    return first.instant - ABOUT, first.instant + ABOUT, TimePrecision.ABOUT


def _whole_days(day: datetime, word: str, frame: Frame) -> Bounds | None:
    """Give the days that a word means beside a date: its month, its week, all since, all up to it.

    A week is that of the calendar, from Monday, and the seven days from the date, whichever is meant.
    """
    match word:
        case "month":
            first = day.replace(day=1)
            return first, (first + 31 * DAY).replace(day=1), TimePrecision.RANGE
        case "week":
            return day - day.weekday() * DAY, day + _WEEK, TimePrecision.RANGE
        case "cumulative":
            start = datetime.combine(frame.since, day.timetz())
            return min(start, day), day + DAY, TimePrecision.OPEN_ENDED
        case "after" | "from" | "since":
            return day, max(frame.published, day + DAY), TimePrecision.OPEN_ENDED
        case _:
            return None


def _within_day(first: Stated, word: str) -> Bounds:
    day = first.midnight
    if night := _NIGHT.match(word):
        # "night 10/11" names both days; the date column may hold either of them.
        evening = day - DAY if day.day == int(night[2]) else day
        return (
            evening + timedelta(hours=18),
            evening + timedelta(hours=33),
            TimePrecision.PART_OF_DAY,
        )
    part = _PARTS.get(_BOUND.sub("", word).strip())
    if part is None:
        return day, day + DAY, TimePrecision.DAY
    start, end = day + timedelta(hours=part[0]), day + timedelta(hours=part[1])
    if bound := _BOUND.search(word):
        edge = day + timedelta(hours=int(bound[2]), minutes=int(bound[3]))
        start, end = (start, min(end, edge)) if bound[1] == "before" else (max(start, edge), end)
    return start, end, TimePrecision.PART_OF_DAY
