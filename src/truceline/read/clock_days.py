"""Days and longer: dates in any order, weekdays, `yesterday`, `in 1994`; the year may be missing."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity
from truceline.model.place_time import FIRST_YEAR, LAST_YEAR
from truceline.read.clock_parts import DAY, Part

if TYPE_CHECKING:
    from truceline.read.clock_parts import Scan
    from truceline.read.lexicon import Hit

_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})")
_LAST_DAY, _FOUR_DIGITS, _TWO_DIGITS, _CENTURY = 31, 4, 2, 100
_RECENT_CENTURY = 2000
_MOST_AGO = 200
# A date without a year lies at most this far after publication.
_AHEAD = timedelta(days=92)
_NIGHT_BEFORE, _NIGHT_AFTER = timedelta(hours=6), timedelta(hours=9)
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
_BACK = {"recent": 7, "last_24h": 1, "last_week": 14, "last_month": 62, "last_year": 730}
_GRAIN = {
    "last_week": Granularity.WEEK,
    "last_month": Granularity.MONTH,
    "last_year": Granularity.YEAR,
}
_DASHES = frozenset({"-", "\u2013"})
_UNKNOWN_YEAR, _IMPOSSIBLE = ("year_unknown",), ("date_impossible",)


@dataclass(frozen=True, slots=True)
class Days:
    """Reads days in one sentence."""

    scan: Scan

    def at(self, i: int) -> Part | None:
        """Give the day or period that begins at a token."""
        if self.scan.tokens[i].number:
            return self.dated(i) or self._bare(i)
        if self.scan.hit(i, "months") and self._month_is_meant(i):
            return self._month_first(i)
        if weekday := self.scan.hit(i, "weekdays"):
            return self._weekday(weekday)
        if relative := self.scan.hit(i, "relative"):
            return self._relative(relative)
        return None

    def dated(self, i: int) -> Part | None:
        """Give the date that begins at a number."""
        return self._written(i) or self._day_month(i)

    def _written(self, i: int) -> Part | None:
        """Read `10.10.2020` and `2020-10-10`."""
        text = self.scan.tokens[i].text
        if match := _NUMERIC.fullmatch(text):
            day, month, year = (int(x) for x in match.groups())
            return self._date(i, i + 1, (year + _RECENT_CENTURY * (year < _CENTURY), month, day))
        parts = [self.scan.norm(i + k) for k in (0, 2, 4)]
        dashed = self.scan.norm(i + 1) == "-" == self.scan.norm(i + 3)
        if len(text) == _FOUR_DIGITS and dashed and all(_small(p, _FOUR_DIGITS) for p in parts):
            year, month, day = (int(p) for p in parts)
            return self._date(i, i + 5, (year, month, day))
        return None

    def _date(self, i: int, j: int, ymd: tuple[int, int, int]) -> Part | None:
        if not FIRST_YEAR <= ymd[0] <= LAST_YEAR:
            return None
        try:
            low = datetime(*ymd)  # noqa: DTZ001  local; the zone follows
        except ValueError:
            return None
        return Part(i, j, low, low + DAY)

    def _day_month(self, i: int) -> Part | None:
        """Read `10 October 2020`, `10th of October`, `10-12 October`, `the 10th and 11th of May`."""
        first = _day_of(self.scan.norm(i))
        if first is None:
            return None
        j = self._past_ordinal(i + 1)
        upto = None
        if self.scan.norm(j) in _DASHES or self.scan.has(j, "range") or self.scan.has(j, "joiner"):
            upto = _day_of(self.scan.norm(j + 1))
            j = self._past_ordinal(j + 2) if upto is not None else j
        while self.scan.has(j, "date_filler"):
            j += 1
        month = self.scan.hit(j, "months")
        if month is None:
            return None
        year, end = self._year(month.j)
        return self._span((i, end), (year, int(month.key), first), upto)

    def _past_ordinal(self, j: int) -> int:
        return j + 1 if self.scan.has(j, "ordinal") else j

    def _month_is_meant(self, i: int) -> bool:
        """Answer whether a word such as `may` is a month: capital, and a number beside it or not `May`."""
        token = self.scan.tokens[i]
        if not token.text.isascii():
            return True
        around = [self.scan.tokens[k] for k in (i - 1, i + 1) if 0 <= k < len(self.scan.tokens)]
        beside = any(t.number for t in around)
        return beside or (token.capital and not self.scan.has(i, "month_or_word"))

    def _month_first(self, i: int) -> Part | None:
        """Read `October 10, 2020`, `October 10-12`, `October 2020` and a bare month."""
        month = self.scan.hit(i, "months")
        if month is None:
            return None
        j = month.j
        if self.scan.norm(j) == "." and self.scan.tokens[j].start == self.scan.tokens[j - 1].end:
            j += 1
        first = _day_of(self.scan.norm(j))
        if first is not None:
            end, upto = self._past_ordinal(j + 1), None
            if self.scan.norm(end) in _DASHES:
                upto = _day_of(self.scan.norm(end + 1))
                end = self._past_ordinal(end + 2) if upto is not None else end
            year, end = self._year(end)
            return self._span((i, end), (year, int(month.key), first), upto)
        return self._whole_month(i, int(month.key), j)

    def _whole_month(self, i: int, month: int, j: int) -> Part:
        year, end = self._year(j)
        year = year or self._near_year(month, 1)
        if year is None:
            return Part(i, j, grain=Granularity.MONTH, flags=_UNKNOWN_YEAR)
        low = datetime(year, month, 1)  # noqa: DTZ001  local; the zone follows
        days = timedelta(days=monthrange(year, month)[1])
        return Part(i, end, low, low + days, Granularity.MONTH)

    def _year(self, j: int) -> tuple[int | None, int]:
        """Give the year after a date and the token after it; two digits only right beside it."""
        at = j + 1 if self.scan.norm(j) == "," else j
        text = self.scan.norm(at)
        if _small(text, _FOUR_DIGITS) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text), at + 2 if self.scan.has(at + 1, "year_word") else at + 1
        two = text if at == j and len(text) == _TWO_DIGITS and text.isdigit() else ""
        if two and self.scan.day is not None and (int(two) > _LAST_DAY or two[0] == "0"):
            # "27 NOV 89": the century of publication.
            around = self.scan.day.year
            century = around - around % _CENTURY + int(two)
            return min((century, century - _CENTURY), key=lambda y: abs(y - around)), at + 1
        return None, j

    def _near_year(self, month: int, day: int) -> int | None:
        """Give the year that brings a date nearest to publication, seldom after it."""
        here = self.scan.day
        if here is None:
            return None
        found = None
        for year in (here.year - 1, here.year, here.year + 1):
            try:
                then = date(year, month, day)
            except ValueError:
                continue
            if then - here <= _AHEAD:
                found = year
        return found

    def _span(
        self, where: tuple[int, int], ymd: tuple[int | None, int, int], upto: int | None
    ) -> Part:
        i, j = where
        year = ymd[0] or self._near_year(ymd[1], ymd[2])
        if year is None:
            return Part(i, j, flags=_UNKNOWN_YEAR if self.scan.day is None else _IMPOSSIBLE)
        first = self._date(i, j, (year, ymd[1], ymd[2]))
        if first is None or first.low is None:
            return Part(i, j, flags=_IMPOSSIBLE)
        if upto is None:
            return first
        last = self._date(i, j, (year, ymd[1], upto))
        if last is None or last.high is None or last.high <= first.low:
            return replace(first, flags=_IMPOSSIBLE)
        return replace(first, high=last.high, grain=Granularity.RANGE)

    def _bare(self, i: int) -> Part | None:
        """Read `the 12th` of the month of publication, and a bare year such as `in 1994`."""
        text = self.scan.tokens[i].text
        day = _day_of(text)
        if day is not None and self.scan.has(i + 1, "ordinal"):
            before = self.scan.has(i - 1, "article") or self.scan.has(i - 1, "in")
            return self._day_only(i, day) if before and not self._noun_follows(i + 2) else None
        if not _small(text, _FOUR_DIGITS) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            return None
        named = self.scan.has(i + 1, "year_word")
        if not named and not self.scan.has(i - 1, "year_before"):
            return None
        low, high = datetime(int(text), 1, 1), datetime(int(text) + 1, 1, 1)  # noqa: DTZ001
        return Part(i, i + 1 + named, low, high, Granularity.YEAR)

    def _noun_follows(self, i: int) -> bool:
        """Answer whether `the 12th` belongs to a noun, as in `the 12th meeting`."""
        token = self.scan.tokens[i] if i < len(self.scan.tokens) else None
        if token is None or not token.word or token.capital:
            return False
        return not (self.scan.has(i, "after_day") or self.scan.has(i, "preposition"))

    def _day_only(self, i: int, day: int) -> Part:
        here = self.scan.day
        if here is None:
            return Part(i, i + 2, flags=_UNKNOWN_YEAR)
        year, month = here.year, here.month
        if day > here.day + 1:
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found = self._date(i, i + 2, (year, month, day))
        return replace(found, relative=True) if found else Part(i, i + 2, flags=_IMPOSSIBLE)

    def _weekday(self, hit: Hit) -> Part:
        here = self.scan.day
        if here is None:
            return Part(hit.i, hit.j, flags=_UNKNOWN_YEAR)
        back = (here.weekday() - int(hit.key)) % 7
        if self.scan.has(hit.i - 1, "last") and back == 0:
            back = 7
        if self.scan.has(hit.i - 1, "next"):
            back -= 7
        return self._days_back(hit, back)

    def _days_back(self, hit: Hit, back: int) -> Part:
        midnight = self._midnight()
        if midnight is None:
            return Part(hit.i, hit.j, flags=_UNKNOWN_YEAR)
        low = midnight - timedelta(days=back)
        return Part(hit.i, hit.j, low, low + DAY, relative=True)

    def _midnight(self) -> datetime | None:
        return datetime.combine(self.scan.day, datetime.min.time()) if self.scan.day else None

    def _relative(self, hit: Hit) -> Part | None:
        key = hit.key
        if key.lstrip("+-").isdigit():
            return self._days_back(hit, -int(key))
        if key in {"same", "next", "now"}:
            return Part(hit.i, hit.j, relative=True, flags=(f"{key}_day",))
        if key == "ago":
            return self._ago(hit)
        midnight = self._midnight()
        if midnight is None:
            return Part(hit.i, hit.j, grain=Granularity.VAGUE, flags=_UNKNOWN_YEAR)
        if key == "last_night":
            return Part(hit.i, hit.j, midnight - _NIGHT_BEFORE, midnight + _NIGHT_AFTER,
                        Granularity.PART_OF_DAY, relative=True)  # fmt: skip
        grain = _GRAIN.get(key, Granularity.VAGUE)
        low = midnight - timedelta(days=_BACK.get(key, 0))
        return (
            Part(hit.i, hit.j, low, midnight + DAY, grain, relative=True) if key in _BACK else None
        )

    def _ago(self, hit: Hit) -> Part | None:
        """Read `two days ago`."""
        unit = self.scan.hit(hit.i - 1, "units")
        told = self.scan.key(hit.i - 2, "numbers") or self.scan.norm(hit.i - 2)
        if unit is None or unit.key not in _DAYS_IN or not _small(told) or int(told) > _MOST_AGO:
            return None
        one = _DAYS_IN[unit.key]
        part = replace(self._days_back(hit, one * int(told)), i=hit.i - 2)
        if one == 1 or part.low is None or part.high is None:
            return part
        slack = timedelta(days=one // 2)
        return replace(part, low=part.low - slack, high=part.high + slack, grain=Granularity.VAGUE)


def _small(text: str, length: int = 0) -> bool:
    """Answer whether a text is a number of at most four digits, or of exactly so many."""
    digits = text.isdigit() and len(text) <= _FOUR_DIGITS
    return digits and (not length or len(text) <= length)


def _day_of(text: str) -> int | None:
    """Give the day of the month that digits can mean."""
    if not text.isdigit() or len(text) > _TWO_DIGITS or not 1 <= int(text) <= _LAST_DAY:
        return None
    return int(text)
