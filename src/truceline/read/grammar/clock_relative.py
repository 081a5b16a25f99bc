"""Days told from another day: weekdays, `yesterday`, `three days ago`, `the past 24 hours`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity
from truceline.read.grammar.clock_parts import DAY, Part

if TYPE_CHECKING:
    from truceline.read.grammar.clock_parts import Scan
    from truceline.read.naming.lexicon import Hit

UNKNOWN_YEAR = ("year_unknown",)
# The days that only the text can tell; the flag says how far from the day it told last.
TOLD = {"same": "same_day", "next": "next_day", "now": "now_day", "day_before": "day_before"}
_SHIFT = {"next": 1, "day_before": -1}
_MOST = 200
_EVENING_BEFORE, _MORNING_AFTER = timedelta(hours=6), timedelta(hours=9)
_TONIGHT = timedelta(hours=17)
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
_HOURS_IN_DAY, _MONTHS_IN_YEAR = 24, 12
# Stretches up to the day of publication: days back and the unit that the words name.
_BACK = {
    "recent": (7, Granularity.VAGUE),
    "last_24h": (1, Granularity.VAGUE),
    "past_week": (7, Granularity.WEEK),
    "past_month": (31, Granularity.MONTH),
    "past_year": (365, Granularity.YEAR),
}
_CALENDAR = {
    "this_week": Granularity.WEEK,
    "last_week": Granularity.WEEK,
    "this_month": Granularity.MONTH,
    "last_month": Granularity.MONTH,
    "this_year": Granularity.YEAR,
    "last_year": Granularity.YEAR,
}
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Relative:
    """Reads what is counted from the day of publication, or from a day told before."""

    scan: Scan

    def weekday(self, hit: Hit) -> Part:
        """Give the last such day up to publication, or the next where the words say so."""
        here, day = self.scan.day, int(hit.key)
        if here is None:
            return Part(hit.i, hit.j, flags=UNKNOWN_YEAR, weekday=day)
        back = (here.weekday() - day) % _WEEK
        if self.scan.has(hit.i - 1, "last") and back == 0:
            back = _WEEK
        if self.scan.has(hit.i - 1, "next"):
            back -= _WEEK
        return replace(self._days_back(hit, back), weekday=day)

    def word(self, hit: Hit) -> Part | None:
        """Give what a word or phrase of the class `relative` means."""
        key, j = hit.key, self._before_part(hit)
        hit = replace(hit, j=j)
        if key.lstrip("+-").isdigit():
            return self._days_back(hit, -int(key))
        if key in TOLD:
            return Part(hit.i, j, relative=True, flags=(TOLD[key],), shift=_SHIFT.get(key, 0))
        if key == "ago":
            return self._ago(hit)
        return self._stretch(hit)

    def _before_part(self, hit: Hit) -> int:
        """Leave the part of the day out of `this morning`: it is read by itself."""
        inside = hit.j - hit.i > 1 and self.scan.hit(hit.j - 1, "day_parts")
        return hit.j - 1 if inside and hit.key != "last_night" else hit.j

    def _stretch(self, hit: Hit) -> Part | None:
        key, midnight = hit.key, self.scan.midnight()
        grain = _CALENDAR.get(key) or _BACK.get(key, (0, Granularity.VAGUE))[1]
        if midnight is None:
            return Part(hit.i, hit.j, grain=grain, flags=UNKNOWN_YEAR)
        if key in {"last_night", "tonight"}:
            low = midnight - _EVENING_BEFORE if key == "last_night" else midnight + _TONIGHT
            high = midnight + _MORNING_AFTER + DAY * (key == "tonight")
            return Part(hit.i, hit.j, low, high, Granularity.PART_OF_DAY, relative=True)
        if key in _CALENDAR:
            low, high = _calendar(key, midnight)
            return Part(hit.i, hit.j, low, high, grain, relative=True)
        if key not in _BACK:
            return None
        low = midnight - timedelta(days=_BACK[key][0])
        return Part(hit.i, hit.j, low, midnight + DAY, grain, relative=True)

    def _days_back(self, hit: Hit, back: int) -> Part:
        midnight = self.scan.midnight()
        if midnight is None:
            return Part(hit.i, hit.j, flags=UNKNOWN_YEAR)
        low = midnight - timedelta(days=back)
        return Part(hit.i, hit.j, low, low + DAY, relative=True)

    def _ago(self, hit: Hit) -> Part | None:
        """Read `two days ago`."""
        unit = self._length(hit.i - 1)
        told = self._number(hit.i - 2)
        if unit is None or told is None:
            return None
        if unit.key not in _DAYS_IN:
            return self._window(hit.i - 2, hit.j, unit.key, told)
        one = _DAYS_IN[unit.key]
        part = replace(self._days_back(hit, one * told), i=hit.i - 2)
        if one == 1 or part.low is None or part.high is None:
            return part
        slack = timedelta(days=one // 2)
        return replace(part, low=part.low - slack, high=part.high + slack, grain=Granularity.VAGUE)

    def unit(self, i: int) -> Part | None:
        """Read `the past three days`, `three days later` and `a week earlier`, at the unit."""
        hit = self._length(i)
        told = self._number(i - 1)
        if hit is None or told is None:
            return None
        if self.scan.has(i - 2, "past"):
            return self._window(i - 2, hit.j, hit.key, told)
        later, earlier = self.scan.has(hit.j, "later"), self.scan.has(hit.j, "earlier")
        if hit.key == "hour" or not (later or earlier):
            return None
        exact = hit.key in {"day", "week"}
        flag = ("days_later" if later else "days_earlier") if exact else "time_later"
        shift = told * _DAYS_IN[hit.key] * (1 if later else -1)
        return Part(i - 1, hit.j + 1, relative=True, flags=(flag,), shift=shift)

    def _length(self, i: int) -> Hit | None:
        """Give the hours, days or longer at a token; `hours` may also be a word of the clock."""
        units = [h for h in self.scan.hits.get(i, ()) if h.cls == "units"]
        return next((h for h in units if h.key == "hour" or h.key in _DAYS_IN), None)

    def _window(self, i: int, j: int, unit: str, told: int) -> Part:
        """Give the hours or days up to publication."""
        midnight = self.scan.midnight()
        if midnight is None:
            return Part(i, j, grain=Granularity.VAGUE, flags=UNKNOWN_YEAR)
        back = timedelta(hours=told) if unit == "hour" else timedelta(days=_DAYS_IN[unit] * told)
        return Part(i, j, midnight - back, midnight + DAY, Granularity.VAGUE, relative=True)

    def _number(self, i: int) -> int | None:
        """Give a small number in digits or words; `a` is one."""
        if self.scan.has(i, "one"):
            return 1
        told = self.scan.key(i, "numbers") or self.scan.norm(i)
        return (
            int(told)
            if told.isdigit() and len(told) <= len(str(_MOST)) and int(told) <= _MOST
            else None
        )


def _calendar(key: str, midnight: datetime) -> tuple[datetime, datetime]:
    """Give the week, month or year of publication up to its day, or the whole one before it."""
    when, _, unit = key.partition("_")
    if unit == "week":
        first = midnight - timedelta(days=midnight.weekday())
        # "last week" is used for the last seven days too.
        return (first if when == "this" else first - _WEEK * DAY), midnight + DAY
    first = midnight.replace(day=1) if unit == "month" else midnight.replace(month=1, day=1)
    if when == "this":
        return first, midnight + DAY
    before = first - DAY
    return (before.replace(day=1) if unit == "month" else before.replace(month=1, day=1)), first
