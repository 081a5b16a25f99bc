"""Hours, days and periods that a clause names: what enters into force when, and what is due by when; nothing is completed by guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

from truceline.model.agreement import Counting, Period
from truceline.terms.periods import end_of

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_MONTH = "|".join(f"{m}|{m[:3]}\\.?" for m in _MONTHS if m != "may") + "|may|sept\\.?"
_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))\b",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\b(?:(?P<h12>1[0-2]|0?[1-9])(?:[:.](?P<m12>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<h>[01]?\d|2[0-4])[:.](?P<m>[0-5]\d)(?!\.?\d)|(?P<h4>[0-2]\d[0-5]\d)(?= ?(?:hours|hrs|h)\b)|(?P<word>noon|midday))",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?:GMT|UTC) ?(?P<sign>[+-]) ?(?P<off>\d{1,2})(?::?(?P<min>[0-5]\d))?|(?P<utc>\bGMT\b|\bUTC\b)|(?P<named>\b[A-Z]\w+ time\b|\b[A-Z]{2,4}T\b(?:/[A-Z]{2,4}T\b)?)"
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_PERIOD = re.compile(
    rf"\b(?:within|in|not (?:later|more) than|no (?:later|more) than|a period (?:of|not exceeding)|exceed(?:ing)?|at most|maximum of)"
    rf" (?:a (?:maximum|period) of )?(?P<n>\d{{1,4}}|{'|'.join(_NUMBERS)}) (?P<unit>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|until|till|before|not later than|no later than|up to)\b[^.;]{0,20}$", re.IGNORECASE
)
_ENTRY = re.compile(
    r"\b(?:enters? into (?:force|effect)|into (?:force|effect)|take[sn]? effect|comes? into|effective|as of|from|starting|starts?|beg[ai]n(?:s|ning)?|since|reached)\b",
    re.IGNORECASE,
)
_START = re.compile(r" (?:of|after|from|following|since|as of)\b[^.;]{0,40}$", re.IGNORECASE)
_UNITS = {"hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day with or without an hour, as the words give it; `zone` is an offset or a zone's name, or None with the zone's words in `named`."""

    text: str
    day: date
    hour: str | None
    zone: str | None
    named: str | None
    start: int


def moments(text: str, year: int) -> tuple[Moment, ...]:
    """Find the days that a clause names, each with the hour and zone that stand near it; a day without a year is of `year`."""
    found = []
    for match in _DAY.finditer(text):
        day = _day(match, year)
        if day is None:
            continue
        near = text[max(0, match.start() - 40) : match.end() + 60]
        hour, shown = _hour(near)
        zone, named = _zone(near)
        at = datetime.combine(day, datetime.min.time()) + (hour or timedelta(0))
        words = f"{match[0]}, {shown}" if shown else match[0]
        found.append(
            Moment(
                text=" ".join(words.split()), day=at.date(), zone=zone, named=named, start=match.start(),
                hour=f"{at:%H:%M}" if hour is not None else None,
            )
        )  # fmt: skip
    return tuple(found)


def enters(text: str) -> bool:
    """Answer whether a clause says from when something holds."""
    return _ENTRY.search(text) is not None


def due(text: str, year: int) -> Moment | str | None:
    """Give by when a clause asks for something: a day, a period in ISO 8601, or None where it says neither.

    A period from a day that the clause names is over on a day (`within two weeks of 7 August`).
    """
    named = moments(text, year)
    for moment in named:
        if _BY.search(text[: moment.start]):
            return moment
    found = _PERIOD.search(text)
    if found is None:
        return None
    number = _NUMBERS.get(found["n"].lower()) or int(found["n"]) if found["n"] else 0
    length = _UNITS[found["unit"].lower()].format(number)
    starts = (m for m in named if _START.match(text[found.end() : m.start]))
    start = next(starts, None)
    return length if start is None else _over(start, length, found[0])


def _over(start: Moment, length: str, words: str) -> Moment:
    """Give when a period from a day is over: its last whole day, or to the hour where the day has one."""
    at = datetime.fromisoformat(f"{start.day} {start.hour or '00:00'}").replace(tzinfo=UTC)
    counting = Counting.TO_THE_HOUR if start.hour else Counting.FIRST_DAY_NOT_COUNTED
    end = end_of(Period(length=length, start="", counting=counting), at, UTC)
    day = end.date() if start.hour else end.date() - timedelta(days=1)
    hour = f"{end:%H:%M}" if start.hour else None
    return replace(start, text=f"{words} of {start.text}", day=day, hour=hour)


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        name = (match["m1"] or match["m2"]).lower().rstrip(".")
        month = next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(name[:3]))
        return date(int(match["y1"] or match["y2"] or year), month, int(match["d1"] or match["d2"]))
    except ValueError:
        return None


def _hour(near: str) -> tuple[timedelta | None, str]:
    found = _HOUR.search(near)
    if found is None:
        return None, ""
    if found["word"]:
        hours, minutes = 12, 0
    elif found["half"]:
        hours = int(found["h12"]) % 12 + (12 if found["half"].lower() == "p" else 0)
        minutes = int(found["m12"] or 0)
    elif found["h4"]:
        hours, minutes = int(found["h4"][:2]), int(found["h4"][2:])
    else:
        hours, minutes = int(found["h"]), int(found["m"])
    return timedelta(hours=hours, minutes=minutes), found[0]


def _zone(near: str) -> tuple[str | None, str | None]:
    found = _ZONE.search(near)
    if found is None:
        return None, "local time" if re.search(r"\blocal time\b", near, re.IGNORECASE) else None
    if found["utc"]:
        return "+00:00", found[0]
    if found["off"]:
        return f"{found['sign']}{int(found['off']):02d}:{found['min'] or '00'}", found[0]
    return _of_city(found[0]), found[0]


def _of_city(named: str) -> str | None:
    """Give the zone of a town whose time is named (`Moscow time`), where exactly one zone is called after it."""
    town = named.removesuffix(" time").replace(" ", "_")
    known = [
        zone for zone in available_timezones() if "/" in zone and zone.rpartition("/")[2] == town
    ]
    return known[0] if len(known) == 1 else None
