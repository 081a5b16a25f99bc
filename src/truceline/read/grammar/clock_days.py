"""Days and longer: dates in any order, months, seasons, `in 1994`; the year may be missing."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity
from truceline.model.place_time import FIRST_YEAR, LAST_YEAR
from truceline.read.grammar.clock_parts import DAY, Part
from truceline.read.grammar.clock_relative import UNKNOWN_YEAR, Relative

if TYPE_CHECKING:
    from truceline.read.grammar.clock_parts import Scan

_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})[./](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_PAIR = re.compile(r"(\d{1,2})/(\d{1,2})")
_LAST_DAY, _FOUR_DIGITS, _TWO_DIGITS, _CENTURY, _MONTHS, _DECADE = 31, 4, 2, 100, 12, 10
_RECENT_CENTURY = 2000
# A date without a year lies at most this far after publication.
_AHEAD = timedelta(days=92)
_DASHES = frozenset({"-", "\u2013"})
_IMPOSSIBLE, _AMBIGUOUS = ("date_impossible",), ("date_ambiguous",)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


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
            return Relative(self.scan).weekday(weekday)
        if relative := self.scan.hit(i, "relative"):
            season = _SEASONS.get(relative.key)
            return (
                self._season(relative.i, season) if season else Relative(self.scan).word(relative)
            )
        return Relative(self.scan).unit(i) if self.scan.hit(i, "units") else None

    def dated(self, i: int) -> Part | None:
        """Give the date that begins at a number."""
        return self._written(i) or self._day_month(i)

    def _written(self, i: int) -> Part | None:
        """Read `10.10.2020`, `10/13/2020`, `2020/10/10` and `2020-10-10`."""
        text = self.scan.tokens[i].text
        if match := _NUMERIC.fullmatch(text):
            return self._numeric(i, match)
        if match := _YEAR_FIRST.fullmatch(text):
            year, month, day = (int(x) for x in match.groups())
            return self._date(i, i + 1, (year, month, day))
        parts = [self.scan.norm(i + k) for k in (0, 2, 4)]
        dashed = self.scan.norm(i + 1) == "-" == self.scan.norm(i + 3)
        if len(text) == _FOUR_DIGITS and dashed and all(_small(p, _FOUR_DIGITS) for p in parts):
            year, month, day = (int(p) for p in parts)
            return self._date(i, i + 5, (year, month, day))
        return None

    def _numeric(self, i: int, match: re.Match[str]) -> Part | None:
        """Read a date in numbers; with slashes it may begin with the month, and then stays open."""
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == _TWO_DIGITS:
            if len(match[1]) + len(match[3]) < 2 * _TWO_DIGITS:
                return None  # "section 3.4.12"
            year += _RECENT_CENTURY
        if match[2] == "/" and "/" not in self.scan.words["day_first"]:
            if month > _MONTHS:
                day, month = month, day
            elif day <= _MONTHS and day != month:
                return Part(i, i + 1, flags=_AMBIGUOUS)
        return self._date(i, i + 1, (year, month, day))

    def _date(self, i: int, j: int, ymd: tuple[int, int, int]) -> Part | None:
        if not FIRST_YEAR <= ymd[0] <= LAST_YEAR:
            return None
        try:
            low = datetime(*ymd)  # noqa: DTZ001  local; the zone follows
        except ValueError:
            return None
        return Part(i, j, low, low + DAY, told=True)

    def _day_month(self, i: int) -> Part | None:
        """Read `10 October 2020`, `10th of October`, `10-12 October`, `10/11 October`."""
        text = self.scan.norm(i)
        pair = _PAIR.fullmatch(text)
        first = _day_of(pair[1] if pair else text)
        if first is None:
            return None
        upto, j = (_day_of(pair[2]), i + 1) if pair else self._upto(self._past_ordinal(i + 1))
        while self.scan.has(j, "date_filler"):
            j += 1
        month = self.scan.hit(j, "months")
        if month is None:
            return None
        year, end = self._year(month.j)
        return self._span((i, end), (year, int(month.key), first), upto)

    def _upto(self, j: int) -> tuple[int | None, int]:
        """Give the second day of `10-12` or `10th and 11th`, and the token after it."""
        if not (
            self.scan.norm(j) in _DASHES or self.scan.has(j, "range") or self.scan.has(j, "joiner")
        ):
            return None, j
        upto, end = _day_of(self.scan.norm(j + 1)), self._past_ordinal(j + 2)
        # "10 October and 11 soldiers"
        return (None, j) if upto is None or end in self.scan.nouns else (upto, end)

    def _past_ordinal(self, j: int) -> int:
        return j + 1 if self.scan.has(j, "ordinal") else j

    def _month_is_meant(self, i: int) -> bool:
        """Answer whether a word such as `may` is a month: capital, and a number beside it or not `May`."""
        token = self.scan.tokens[i]
        if not token.text.isascii():
            return True
        around = [self.scan.tokens[k] for k in (i - 1, i + 1) if 0 <= k < len(self.scan.tokens)]
        beside = any(t.number for t in around)
        beside = beside or (token.capital and self.scan.has(i - 1, "month_before"))
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
            upto, end = self._upto(self._past_ordinal(j + 1))
            year, end = self._year(end)
            return self._span((i, end), (year, int(month.key), first), upto)
        return self._whole_month(i, int(month.key), j)

    def _whole_month(self, i: int, month: int, j: int) -> Part:
        stated, end = self._year(j)
        year = stated or self._near_year(month, 1)
        if year is None:
            return Part(i, j, grain=Granularity.MONTH, flags=UNKNOWN_YEAR)
        low = datetime(year, month, 1)  # noqa: DTZ001  local; the zone follows
        days = timedelta(days=monthrange(year, month)[1])
        return Part(i, end, low, low + days, Granularity.MONTH, told=stated is not None)

    def _season(self, i: int, first: int) -> Part | None:
        """Read `summer 2020` and `the winter of 2020`; without a year it is no time."""
        year, end = self._year(i + 1)
        if year is None and self.scan.has(i + 1, "of"):
            year, end = self._year(i + 2)
        if year is None or year == FIRST_YEAR:
            return None
        if first == _MONTHS:
            # Both the winter that ends in the year and the one that begins in it are called so.
            low, high = datetime(year - 1, first, 1), datetime(year + 1, 3, 1)  # noqa: DTZ001
            return Part(
                i, end, low, high, Granularity.SEASON, flags=("season_ambiguous",), told=True
            )
        low, high = datetime(year, first, 1), datetime(year, first + 3, 1)  # noqa: DTZ001
        return Part(i, end, low, high, Granularity.SEASON, told=True)

    def _year(self, j: int) -> tuple[int | None, int]:
        """Give the year after a date and the token after it; two digits only right beside it."""
        at = j + 1 if self.scan.norm(j) == "," else j
        text = self.scan.norm(at)
        if _small(text, _FOUR_DIGITS) and self._is_year(at):
            return int(text), at + 2 if self.scan.has(at + 1, "year_word") else at + 1
        two = text if at == j and len(text) == _TWO_DIGITS and text.isdigit() else ""
        if two and self.scan.day is not None and (int(two) > _LAST_DAY or two[0] == "0"):
            # "27 NOV 89": the century of publication.
            around = self.scan.day.year
            century = around - around % _CENTURY + int(two)
            return min((century, century - _CENTURY), key=lambda y: abs(y - around)), at + 1
        return None, j

    def _is_year(self, at: int) -> bool:
        """Answer whether a number after a date is a year: `October 10 2000 soldiers` has none."""
        year, here = int(self.scan.norm(at)), self.scan.day
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return False
        near = here is not None and abs(year - here.year) <= 1
        return near or at + 1 not in self.scan.nouns

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
            return Part(i, j, flags=UNKNOWN_YEAR if self.scan.day is None else _IMPOSSIBLE)
        first = self._date(i, j, (year, ymd[1], ymd[2]))
        if first is None or first.low is None:
            return Part(i, j, flags=_IMPOSSIBLE)
        first = replace(first, told=ymd[0] is not None)
        if upto is None:
            return first
        last = self._date(i, j, (year, ymd[1], upto))
        if last is None or last.high is None or first.low is None or last.high <= first.low:
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
        named, decade = self.scan.has(i + 1, "year_word"), self._decade(i)
        if not named and (not self.scan.has(i - 1, "year_before") or self._counted(i)):
            return None
        if upto := self._last_year(i):
            low, high = datetime(int(text), 1, 1), datetime(upto + 1, 1, 1)  # noqa: DTZ001
            return Part(i, i + 3, low, high, Granularity.RANGE, told=True)
        years = _DECADE if decade else 1
        low, high = datetime(int(text), 1, 1), datetime(int(text) + years, 1, 1)  # noqa: DTZ001
        return Part(i, i + 1 + (named or decade), low, high, Granularity.YEAR, told=True)

    def _last_year(self, i: int) -> int | None:
        """Give the year at the end of `1992-1994`."""
        text = self.scan.norm(i + 2)
        if self.scan.norm(i + 1) not in _DASHES or len(text) != _FOUR_DIGITS or not text.isdigit():
            return None
        return int(text) if int(self.scan.norm(i)) < int(text) < LAST_YEAR else None

    def _decade(self, i: int) -> bool:
        """Answer whether a number is that of `the 1990s`."""
        after = self.scan.tokens[i + 1] if i + 1 < len(self.scan.tokens) else None
        touching = after is not None and after.start <= self.scan.tokens[i].end + 1
        return touching and self.scan.norm(i + 1) == "s" and self.scan.norm(i)[-1] == "0"

    def _counted(self, i: int) -> bool:
        """Answer whether `by 2000 soldiers` counts: a preposition of any use, and what is counted."""
        weak = self.scan.has(i - 1, "year_weak")
        return weak and (i + 1 in self.scan.nouns or self.scan.has(i + 1, "measured"))

    def _noun_follows(self, i: int) -> bool:
        """Answer whether `the 12th` belongs to a noun, as in `the 12th meeting`."""
        token = self.scan.tokens[i] if i < len(self.scan.tokens) else None
        if token is None or not token.word or token.capital:
            return False
        return not (self.scan.has(i, "after_day") or self.scan.has(i, "preposition"))

    def _day_only(self, i: int, day: int) -> Part:
        here = self.scan.day
        if here is None:
            return Part(i, i + 2, flags=UNKNOWN_YEAR)
        year, month = here.year, here.month
        if day > here.day + 1:
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found = self._date(i, i + 2, (year, month, day))
        return replace(found, relative=True) if found else Part(i, i + 2, flags=_IMPOSSIBLE)


def _small(text: str, length: int = 0) -> bool:
    """Answer whether a text is a number of at most four digits, or of exactly so many."""
    digits = text.isdigit() and len(text) <= _FOUR_DIGITS
    return digits and (not length or len(text) <= length)


def _day_of(text: str) -> int | None:
    """Give the day of the month that digits can mean."""
    if not text.isdigit() or len(text) > _TWO_DIGITS or not 1 <= int(text) <= _LAST_DAY:
        return None
    return int(text)
