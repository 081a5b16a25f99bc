"""Local times with a precision word to spans in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.place_time import Span, TimePrecision, plausible_year

if TYPE_CHECKING:
    from truceline.model.mission import Mission

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


def stated(text: str, mission: Mission) -> Stated | None:
    """Read `2020-10-10`, `2020-10-10 12:05` (mission time) or a time with its own offset.

    Raises ValueError when it is none of these.
    """
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if not plausible_year(instant):
        msg = f"the year {instant.year} cannot be meant"
        raise ValueError(msg)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=mission.zone)
    return Stated(instant, bare=bool(_BARE.match(text)))


def span_of(t_from: str, t_to: str, word: str, mission: Mission) -> Span | None:
    """Give the span that two local times and a precision word describe, None when nothing is stated.

    Raises ValueError for an unreadable time or a reversed range.
    """
    first, last = stated(t_from, mission), stated(t_to, mission)
    if first is None:
        return None
    if last is not None and last.instant < first.instant:
        msg = f"the time ends ({t_to}) before it starts ({t_from})"
        raise ValueError(msg)
    earliest, latest, precision = _bounds(first, last, word.strip().casefold())
    return Span(
        earliest=earliest.astimezone(UTC),
        latest=latest.astimezone(UTC),
        text=" ".join(part for part in (t_from, f"to {t_to}" if t_to else "", word) if part),
        precision=precision,
        zone_rule=mission.zone_rule,
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


def _bounds(
    first: Stated, last: Stated | None, word: str
) -> tuple[datetime, datetime, TimePrecision]:
    if last is not None:
        return first.instant, last.end, TimePrecision.RANGE
    if first.bare:
        return _within_day(first, word)
    if word in _OPEN:
        return first.instant, first.midnight + DAY, TimePrecision.OPEN_ENDED
    if word == "reported":
        return first.midnight, first.instant, TimePrecision.OPEN_ENDED
    if word in _CLOCK:
        return first.instant, first.instant, TimePrecision.MINUTE
    return first.instant - ABOUT, first.instant + ABOUT, TimePrecision.ABOUT


def _within_day(first: Stated, word: str) -> tuple[datetime, datetime, TimePrecision]:
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
