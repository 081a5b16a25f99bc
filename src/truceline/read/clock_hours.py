"""Times of the clock: `12:05`, `0400 GMT`, `8 a.m.`, and parts of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity
from truceline.read.clock_parts import Part

if TYPE_CHECKING:
    from truceline.read.clock_parts import Scan

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?")
_FOUR_DIGITS, _HALF_DAY, _HOUR, _DAY_HOURS = 4, 12, 60, 24
_NOON = _HALF_DAY * _HOUR
_SIGNS = {"+": 1, "-": -1, "\u2212": -1}
_HALVES = {"am": 0, "pm": _NOON}


@dataclass(frozen=True, slots=True)
class Hours:
    """Reads times of the clock in one sentence."""

    scan: Scan

    def at(self, i: int) -> Part | None:
        """Give the clock time that begins at a number, with a zone after it."""
        text, j = self.scan.tokens[i].text, i + 1
        half = self._half(j)
        unit = self.scan.hit(j, "units")
        clock_unit = unit if unit is not None and unit.key == "clock" else None
        minute = self._minute(i, half, told=clock_unit is not None)
        if minute is None:
            return None
        if half is not None:
            minute = minute % _NOON + _HALVES[half[0]]
            j = half[1]
        elif clock_unit is not None and text:
            j = clock_unit.j
        offset, j = self._zone(j)
        return Part(i, j, minutes=(minute, minute), grain=Granularity.MINUTE, offset=offset)

    def part_of_day(self, i: int) -> Part | None:
        """Give `morning`, `overnight` and the like, as minutes from midnight."""
        found = self.scan.hit(i, "day_parts")
        if found is None:
            return None
        low, high = (int(hour) * _HOUR for hour in found.key.split("-"))
        return Part(found.i, found.j, minutes=(low, high), grain=Granularity.PART_OF_DAY)

    def _minute(self, i: int, half: tuple[str, int] | None, *, told: bool) -> int | None:
        """Give the minute of the day that a number means, None where it is no clock time."""
        text = self.scan.tokens[i].text
        match = _CLOCK.fullmatch(text)
        if match and (":" in text or self.scan.has(i - 1, "clock_before")):
            return int(match[1]) * _HOUR + int(match[2])
        if not text.isdigit():
            return None
        zone = self.scan.key(i + 1, "zones") or ""
        if len(text) == _FOUR_DIGITS and half is None and (told or zone[:1] in {"+", "-"}):
            hours, minutes = int(text[:2]), int(text[2:])
            return hours * _HOUR + minutes if hours <= _DAY_HOURS and minutes < _HOUR else None
        if half is not None and int(text) <= _HALF_DAY:
            return int(text) * _HOUR
        return None

    def _half(self, j: int) -> tuple[str, int] | None:
        """Give am or pm with the token after it, in any spelling."""
        word = self.scan.norm(j)
        if word in _HALVES:
            return word, j + 1
        if word + "m" not in _HALVES:
            return None
        dotted = self.scan.norm(j + 1) == "."
        at = j + 2 if dotted else j + 1
        if self.scan.norm(at) != "m":
            return None
        end = at + 1
        return word + "m", end + 1 if dotted and self.scan.norm(end) == "." else end

    def _zone(self, j: int) -> tuple[int | None, int]:
        """Give the offset stated after a clock time, in minutes, and the token after it."""
        at = j + 1 if self.scan.norm(j) in {"(", "[", ","} else j
        found = self.scan.hit(at, "zones")
        if found is None:
            return None, j
        if found.key == "local":
            return None, found.j
        sign = _SIGNS.get(self.scan.norm(found.j))
        hours = self.scan.norm(found.j + 1).split(":")[0]
        if found.key == "+00:00" and sign is not None and hours.isdigit() and len(hours) <= 2:  # noqa: PLR2004
            return sign * int(hours) * _HOUR, found.j + 2
        ahead, past = found.key[1:].split(":")
        return _SIGNS[found.key[0]] * (int(ahead) * _HOUR + int(past)), found.j
