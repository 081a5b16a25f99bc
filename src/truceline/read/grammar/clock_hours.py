"""Times of the clock: `12:05`, `0400 GMT`, `8 a.m.`, and parts of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from truceline.model.coding import Granularity
from truceline.read.grammar.clock_days import Days
from truceline.read.grammar.clock_parts import Part

if TYPE_CHECKING:
    from truceline.read.grammar.clock_parts import Scan
    from truceline.read.naming.lexicon import Hit

_CLOCK = re.compile(r"([01]?\d|2[0-3]|24(?=.00))[:.]([0-5]\d)(?::[0-5]\d)?")
_PART = re.compile(r"(-?\d{1,2})-(\d{1,2})")
_FOUR_DIGITS, _TWO_DIGITS, _HALF_DAY, _HOUR, _DAY_HOURS = 4, 2, 12, 60, 24
_NOON, _WHOLE = _HALF_DAY * _HOUR, _DAY_HOURS * _HOUR
_SIGNS = {"+": 1, "-": -1, "\u2212": -1}
_HALVES = {"am": 0, "pm": _NOON}
_DASHES = frozenset({"-", "\u2013"})


class _Half(NamedTuple):
    """A half of the day, am or pm, and the token after it."""

    word: str
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Reads times of the clock in one sentence."""

    scan: Scan

    def at(self, i: int) -> Part | None:
        """Give the clock time that begins at a number, with a zone after it."""
        j = i + 1
        half = self._half(j)
        unit = next(
            (h for h in self.scan.hits.get(j, ()) if h.cls == "units" and h.key == "clock"), None
        )
        minute = self._minute(i, half, told=unit is not None)
        if minute is None:
            return self._halved(i)
        if half is not None:
            minute = minute % _NOON + _HALVES[half.word]
            j = half.end
        elif self.scan.has(j, "noon"):
            j += 1
        elif unit is not None:
            j = unit.j
        elif (borrowed := self._borrowed(i)) is not None:
            minute = borrowed
        return self._zoned(Part(i, j, minutes=(minute, minute), grain=Granularity.MINUTE))

    def _halved(self, i: int) -> Part | None:
        """Give the `1` of `between 1 and 2 p.m.`."""
        minute = self._borrowed(i) if self.scan.norm(i).isdigit() else None
        if minute is None:
            return None
        return Part(i, i + 1, minutes=(minute, minute), grain=Granularity.MINUTE)

    def _borrowed(self, i: int) -> int | None:
        """Give the minute of a time whose half of the day only stands at the end of its range."""
        joined = self.scan.has(i + 1, "joiner") and self.scan.has(i - 1, "range_from")
        if not (joined or self.scan.has(i + 1, "range") or self.scan.norm(i + 1) in _DASHES):
            return None
        half = self._half(i + 3)
        own, end = self._twelve(i), self._twelve(i + 2)
        if half is None or own is None or end is None:
            return None
        upto = end % _NOON + _HALVES[half.word]
        minute = own % _NOON + _HALVES[half.word]
        return minute if minute < upto else own % _NOON

    def _twelve(self, i: int) -> int | None:
        """Give the minutes that `1` or `1.30` can mean on a dial of twelve hours."""
        text = self.scan.norm(i)
        match = _CLOCK.fullmatch(text)
        hours, minutes = (match[1], match[2]) if match else (text, "0")
        if not hours.isdigit() or len(hours) > _TWO_DIGITS or int(hours) > _HALF_DAY:
            return None
        return int(hours) * _HOUR + int(minutes)

    def _zoned(self, part: Part) -> Part:
        """Add the zone that is stated after a clock time."""
        offset, j, summer = self._zone(part.j)
        return Part(
            part.i,
            j,
            minutes=part.minutes,
            grain=part.grain,
            offset=offset,
            flags=part.flags,
            summer=summer,
        )

    def part_of_day(self, i: int) -> Part | None:
        """Give `morning`, `overnight` and the like, as minutes from midnight."""
        found = self.scan.hit(i, "day_parts")
        match = _PART.fullmatch(found.key) if found else None
        if found is None or match is None or self._edge_of_nothing(found):
            return None
        low, high = int(match[1]) * _HOUR, int(match[2]) * _HOUR
        flags = ("midnight_ambiguous",) if (low, high) == (0, _WHOLE) else ()
        part = self._zoned(
            Part(found.i, found.j, minutes=(low, high), flags=flags, grain=Granularity.PART_OF_DAY)
        )
        if part.j > found.j and self.scan.has(found.j - 1, "noon"):
            # "noon GMT": a zone is stated only for a time of the clock.
            return Part(
                part.i,
                part.j,
                minutes=(_NOON, _NOON),
                grain=Granularity.MINUTE,
                offset=part.offset,
                summer=part.summer,
            )
        return part

    def _edge_of_nothing(self, found: Hit) -> bool:
        """Answer whether `early` or `late` stands without a day after it."""
        if found.j - found.i > 1 or not self.scan.has(found.i, "day_edge"):
            return False
        at = found.j + 1 if self.scan.has(found.j, "in") else found.j
        dated = self.scan.hit(at, "weekdays") or (
            self.scan.norm(at)[:1].isdigit() and Days(self.scan).dated(at)
        )
        month = self.scan.hit(at, "months")
        return not dated and not (month and self.scan.norm(month.j)[:1].isdigit() and at > found.j)

    def _minute(self, i: int, half: _Half | None, *, told: bool) -> int | None:
        """Give the minute of the day that a number means, None where it is no clock time."""
        text = self.scan.tokens[i].text
        zoned = (self.scan.key(i + 1, "zones") or "")[:1] in {"+", "-"}
        match = _CLOCK.fullmatch(text)
        if match and (":" in text or half or told or zoned or self._clock_meant(i)):
            return int(match[1]) * _HOUR + int(match[2])
        if not text.isdigit():
            return None
        if text == str(_HALF_DAY) and self.scan.has(i + 1, "noon"):
            return _NOON
        bare = text[0] == "0" and self.scan.has(i - 1, "clock_before")
        if len(text) == _FOUR_DIGITS and half is None and (told or zoned or bare):
            hours, minutes = int(text[:2]), int(text[2:])
            late = hours == _DAY_HOURS and minutes
            return (
                hours * _HOUR + minutes
                if hours <= _DAY_HOURS and minutes < _HOUR and not late
                else None
            )
        if half is not None and len(text) <= _TWO_DIGITS and int(text) <= _HALF_DAY:
            return int(text) * _HOUR
        return None

    def _clock_meant(self, i: int) -> bool:
        """Answer whether `6.30` is a time: `at` stands before it, and it measures nothing."""
        measures = self.scan.has(i + 1, "measured") or self.scan.hit(i + 1, "units")
        return self.scan.has(i - 1, "clock_before") and not measures

    def _half(self, j: int) -> _Half | None:
        """Give am or pm with the token after it, in any spelling."""
        word = self.scan.norm(j)
        if word in _HALVES:
            return _Half(word, j + 1)
        if word + "m" not in _HALVES:
            return None
        dotted = self.scan.norm(j + 1) == "."
        at = j + 2 if dotted else j + 1
        if self.scan.norm(at) != "m":
            return None
        end = at + 1
        closed = dotted and self.scan.norm(end) == "."
        return _Half(word + "m", end + 1 if closed else end)

    def _zone(self, j: int) -> tuple[int | None, int, bool]:
        """Give the offset stated after a clock time, the token after it, and whether it has summer time."""
        at = j + 1 if self.scan.norm(j) in {"(", "[", ","} else j
        found = self.scan.hit(at, "zones")
        if found is None:
            return None, j, False
        if found.key == "local":
            return None, found.j, False
        sign = _SIGNS.get(self.scan.norm(found.j))
        hours, _, past = self.scan.norm(found.j + 1).partition(":")
        if (
            found.key == "+00:00"
            and sign is not None
            and hours.isdigit()
            and len(hours) <= _TWO_DIGITS
        ):
            minutes = int(past) if past.isdigit() and len(past) == _TWO_DIGITS else 0
            return sign * (int(hours) * _HOUR + minutes), found.j + 2, False
        ahead, past = found.key[1:].split(":")
        summer = any(self.scan.has(k, "summer_time") for k in range(found.i, found.j))
        return _SIGNS[found.key[0]] * (int(ahead) * _HOUR + int(past)), found.j, summer
