"""When: words for days, hours and periods to intervals, by our own grammar; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity, TimeKind, ZoneBasis
from truceline.read.clock_days import Days
from truceline.read.clock_hours import Hours
from truceline.read.clock_parts import DAY, NO_DAY, Part, Scan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from truceline.read.lexicon import Hit
    from truceline.read.words import Words
    from truceline.text.tokens import Token

_CLASSES = frozenset({
    "months", "weekdays", "day_parts", "relative", "zones", "units", "numbers", "qualifiers",
})  # fmt: skip
_FAR, _BESIDE, _RANGE_GAP = 24, 3, 2
_DATED = frozenset({Granularity.DAY, Granularity.RANGE})


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative and incomplete times are counted from: the day of publication."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time at tokens `i` up to `j`: local bounds without a zone, None where not resolved.

    `offset` is the zone stated beside a clock time, in minutes east of Greenwich; `clock` says that
    the bounds come from a clock. Bounds in the year 1 are a clock time whose day is not known yet.
    """

    i: int
    j: int
    low: datetime | None
    high: datetime | None
    granularity: Granularity
    kind: TimeKind = TimeKind.OCCURRENCE
    offset: int | None = None
    clock: bool = False
    relative: bool = False
    flags: tuple[str, ...] = ()

    def bounds(self, zone: tzinfo | None) -> tuple[datetime, datetime, ZoneBasis] | None:
        """Give the bounds in UTC with the reason for the zone, None when they are not resolved."""
        if self.low is None or self.high is None or self.low.year == NO_DAY.year:
            return None
        if self.offset is not None:
            stated = timezone(timedelta(minutes=self.offset))
            return _utc(self.low, stated), _utc(self.high, stated), ZoneBasis.STATED
        if zone is None:
            return None
        return _utc(self.low, zone), _utc(self.high, zone), ZoneBasis.ASSUMED


def _utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def times_in(
    tokens: Sequence[Token], hits: Sequence[Hit], anchor: Anchor, words: Words
) -> list[Time]:
    """Give the times of a sentence in reading order; a clock time is joined with its day."""
    by_start: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.cls in _CLASSES:
            by_start.setdefault(hit.i, []).append(hit)
    return _Joiner(Scan(tokens, by_start, words, anchor.day)).times()


@dataclass(slots=True)
class _Joiner:
    """Finds the parts of times in a sentence and joins clock times with their days."""

    scan: Scan
    days: list[Part] = field(default_factory=list)
    clocks: list[Part] = field(default_factory=list)

    def times(self) -> list[Time]:
        """Give the times, sorted by where they stand."""
        days, hours = Days(self.scan), Hours(self.scan)
        i = 0
        while i < len(self.scan.tokens):
            if not self.scan.tokens[i].number and i not in self.scan.hits:
                i += 1
                continue
            part = hours.at(i) if self.scan.tokens[i].number and not days.dated(i) else None
            part = part or days.at(i) or hours.part_of_day(i)
            if part is None:
                i += 1
                continue
            (self.clocks if part.minutes is not None else self.days).append(part)
            i = max(part.j, i + 1)
        return sorted(self._joined(), key=lambda t: t.i)

    def _joined(self) -> list[Time]:
        clocks, ends = self._ranges()
        used: set[int] = set()
        found: list[Time] = []
        for clock in clocks:
            day = self._nearest_day(clock)
            if day is not None:
                used.add(day.i)
            found.append(_timed(clock, day, ends.get(clock.i)))
        found.extend(
            Time(d.i, d.j, d.low, d.high, d.grain, relative=d.relative, flags=d.flags)
            for d in self.days
            if d.i not in used
        )
        return _stated_twice(sorted(found, key=lambda t: t.i))

    def _ranges(self) -> tuple[list[Part], dict[int, Part]]:
        """Pair the two ends of `from 10:00 to 12:00`, `07:00-08:00` and `between 1 and 2 p.m.`."""
        kept: list[Part] = []
        ends: dict[int, Part] = {}
        for clock in self.clocks:
            last = kept[-1] if kept else None
            if last is not None and last.i not in ends and self._range(last, clock):
                ends[last.i] = clock
            else:
                kept.append(clock)
        return kept, ends

    def _range(self, first: Part, second: Part) -> bool:
        if first.grain is not Granularity.MINUTE or second.grain is not Granularity.MINUTE:
            return False
        gap = range(first.j, second.i)
        if not 0 < len(gap) <= _RANGE_GAP:
            return False
        if any(self.scan.has(k, "range") for k in gap):
            return True
        return any(self.scan.has(k, "joiner") for k in gap) and self.scan.has(
            first.i - 1, "range_from"
        )

    def _nearest_day(self, clock: Part) -> Part | None:
        """Find the day a clock time belongs to: the nearest in the sentence, the first when tied."""
        near = [d for d in self.days if d.grain in _DATED]

        def gap(day: Part) -> int:
            return max(day.i - clock.j, clock.i - day.j, 0)

        best = min(near, key=lambda d: (gap(d), d.i), default=None)
        return best if best is not None and gap(best) <= _FAR else None


def _timed(clock: Part, day: Part | None, end: Part | None) -> Time:
    """Join a clock time (to its end, where it is a range) with its day."""
    assert clock.minutes is not None  # noqa: S101  clocks have minutes
    i, j = clock.i, max(clock.j, end.j if end else 0)
    if day is not None and day.i <= j + _BESIDE and i <= day.j + _BESIDE:
        i, j = min(i, day.i), max(j, day.j)
    first = clock.minutes[0]
    last = end.minutes[1] if end is not None and end.minutes else clock.minutes[1]
    offset = clock.offset if clock.offset is not None else (end.offset if end else None)
    known = day is not None and day.low is not None and day.grain is not Granularity.RANGE
    midnight = day.low if known and day is not None and day.low is not None else NO_DAY
    low, high = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
    if high < low:
        high += DAY
    flags = (day.flags if day else ("day_inherited",)) if not known else (day.flags if day else ())
    grain = Granularity.RANGE if end else clock.grain
    relative = day is None or day.relative
    return Time(i, j, low, high, grain, offset=offset, clock=True, relative=relative, flags=flags)


def _stated_twice(times: list[Time]) -> list[Time]:
    """Join `12:00 local, 11:00 Moscow time`: one instant told in two zones."""
    found: list[Time] = []
    for time in times:
        last = found[-1] if found else None
        if last is not None and _same_instant(last, time):
            found[-1] = _both_zones(last, time)
        else:
            found.append(time)
    return found


def _same_instant(first: Time, second: Time) -> bool:
    if not (first.clock and second.clock) or second.i - first.j > _BESIDE:
        return False
    return (first.offset is None) != (second.offset is None)


def _both_zones(first: Time, second: Time) -> Time:
    """Keep the time with the stated zone; the day may stand beside the other."""
    stated, local = (second, first) if second.offset is not None else (first, second)
    joined = replace(stated, i=min(first.i, second.i), j=max(first.j, second.j))
    flags = tuple(f for f in stated.flags if f != "day_inherited")
    dated = local.low is not None and local.low.year != NO_DAY.year
    undated = stated.low is not None and stated.low.year == NO_DAY.year
    if dated and undated and local.low is not None and stated.low is not None:
        day = datetime.combine(local.low.date(), stated.low.time())
        joined = replace(joined, low=day, high=day)
    elif undated:
        flags = stated.flags
    return replace(joined, flags=(*flags, "zone_stated_twice"))


def on_day(time: Time, day: datetime) -> Time:
    """Put a clock time without a day on a day that was inherited."""
    if time.low is None or time.high is None or time.low.year != NO_DAY.year:
        return time
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    low, high = midnight + (time.low - NO_DAY), midnight + (time.high - NO_DAY)
    return replace(time, low=low, high=high if high >= low else high + DAY)
