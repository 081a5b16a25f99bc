"""When: words for days, hours and periods to intervals, by our own grammar; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from truceline.model.coding import Granularity, TimeKind, ZoneBasis
from truceline.read.grammar.clock_days import Days
from truceline.read.grammar.clock_hours import Hours
from truceline.read.grammar.clock_parts import DAY, NO_DAY, Part, Scan, Twin
from truceline.read.grammar.clock_ranges import clocks_joined, days_joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from truceline.read.naming.lexicon import Hit
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Token

_CLASSES = frozenset(
    {"months", "weekdays", "day_parts", "relative", "zones", "units", "numbers", "qualifiers"}
)
_NOUNS = frozenset({"persons", "counts", "forces"})
_FAR, _BESIDE, _RANGE_GAP, _NOON, _WHOLE_DAY = 24, 3, 2, 720, 1440
_HISTORY = timedelta(days=400)
_DASHES = frozenset({"-", "\u2013"})
_EUROPE = ZoneInfo("Europe/Kyiv")
_DATED = frozenset({Granularity.DAY, Granularity.RANGE})


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative and incomplete times are counted from: the day of publication."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time at tokens `i` up to `j`: local bounds without a zone, None where not resolved.

    `offset` is the zone stated beside a clock time, in minutes east of Greenwich, `summer` that it
    has summer time, `twin` the same time told in another zone; `clock` says that the bounds come
    from a clock. Bounds in the year 1 are a clock time whose day is not known yet; `shift` is how
    many days it lies from the day that the text told before.
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
    summer: bool = False
    twin: Twin | None = None
    shift: int = 0

    def bounds(self, zone: tzinfo | None) -> tuple[datetime, datetime, ZoneBasis] | None:
        """Give the bounds in UTC with the reason for the zone, None when they are not resolved.

        An hour that a change of the clocks repeats or leaves out widens them.
        """
        if self.low is None or self.high is None or self.low.year == NO_DAY.year:
            return None
        basis = ZoneBasis.ASSUMED if self.offset is None else ZoneBasis.STATED
        used = zone if self.offset is None else _fixed(self.offset, self.low, summer=self.summer)
        if used is None:
            return None
        low = min(_utc(self.low.replace(fold=f), used) for f in (0, 1))
        return low, max(_utc(self.high.replace(fold=f), used) for f in (0, 1)), basis

    def checked(self, zone: tzinfo | None) -> Time:
        """Compare a time told in two zones: where they disagree it covers both and is flagged."""
        if (
            self.twin is None
            or self.low is None
            or self.low.year == NO_DAY.year
            or self.offset is None
        ):
            return self
        told = datetime.combine(self.low.date(), datetime.min.time())
        told += timedelta(minutes=self.twin.minutes)
        other = zone
        if self.twin.offset is not None:
            other = _fixed(self.twin.offset, told, summer=self.twin.summer)
        if other is None:
            return self
        own, there = _fixed(self.offset, self.low, summer=self.summer), _utc(told, other)
        # The day may be that of either zone.
        here = min(
            (_utc(self.low + k * DAY, own) for k in (0, -1, 1)), key=lambda t: abs(t - there)
        )
        low, high = (t.astimezone(own).replace(tzinfo=None) for t in sorted((here, there)))
        if low == high:
            return replace(self, low=low, high=high, twin=None)
        return replace(
            self,
            low=low,
            high=high,
            twin=None,
            granularity=Granularity.RANGE,
            flags=(*self.flags, "zone_mismatch"),
        )


def _utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _fixed(offset: int, local: datetime, *, summer: bool) -> timezone:
    """Give a stated zone on a day; one with summer time changes with the rest of Europe."""
    ahead = _EUROPE.dst(local) if summer else None
    return timezone(timedelta(minutes=offset) + (ahead or timedelta()))


def times_in(
    tokens: Sequence[Token], hits: Sequence[Hit], anchor: Anchor, words: Words
) -> list[Time]:
    """Give the times of a sentence in reading order; a clock time is joined with its day."""
    by_start: dict[int, list[Hit]] = {}
    nouns = set()
    for hit in hits:
        if hit.cls in _CLASSES:
            by_start.setdefault(hit.i, []).append(hit)
        elif hit.cls in _NOUNS:
            nouns.add(hit.i)
    scan = Scan(tokens, by_start, words, anchor.day, frozenset(nouns))
    return [_dated(time, anchor.day) for time in _Joiner(scan).times()]


def _dated(time: Time, day: date | None) -> Time:
    """Mark what lies long before publication as background."""
    if day is None or time.high is None or time.high.year == NO_DAY.year:
        return time
    history = day - time.high.date() > _HISTORY
    return replace(time, kind=TimeKind.BACKGROUND) if history else time


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
        self.days = days_joined(self.scan, self.days)
        self.clocks = clocks_joined(self.scan, self.clocks, self.days)
        clocks, ends = self._ranges()
        used: set[int] = set()
        found: list[Time] = []
        for clock in clocks:
            day = self._nearest_day(clock)
            if day is not None:
                used.add(day.i)
            found.append(self._timed(clock, day, ends.get(clock.i)))
        found.extend(
            Time(
                d.i, d.j, d.low, d.high, d.grain, relative=d.relative, flags=d.flags, shift=d.shift
            )
            for d in self.days
            if d.i not in used
        )
        return found

    def _ranges(self) -> tuple[list[Part], dict[int, Part]]:
        """Pair the two ends of `from 10:00 to 12:00`, `07:00-08:00` and `between 1 and 2 p.m.`."""
        kept: list[Part] = []
        ends: dict[int, Part] = {}
        for clock in self.clocks:
            last = kept[-1] if kept else None
            if last is not None and last.i not in ends and self._range(last, clock):
                kept[-1] = self._edge(last, at=0)
                ends[last.i] = self._edge(clock, at=1)
            else:
                kept.append(clock)
        return kept, ends

    def _edge(self, part: Part, *, at: int) -> Part:
        """Give noon and midnight as instants where they begin or end a range."""
        if part.grain is Granularity.MINUTE or part.minutes is None:
            return part
        minute = part.minutes[at]
        if self.scan.has(part.i, "noon"):
            minute = _NOON
        return replace(part, minutes=(minute, minute), flags=())

    def _range(self, first: Part, second: Part) -> bool:
        gap = range(first.j, second.i)
        if not 0 < len(gap) <= _RANGE_GAP:
            return False
        if any(self.scan.has(k, "range") for k in gap):
            return True
        if len(gap) == 1 and self.scan.norm(gap[0]) in _DASHES:
            return True
        return any(self.scan.has(k, "joiner") for k in gap) and self.scan.has(
            first.i - 1, "range_from"
        )

    def _nearest_day(self, clock: Part) -> Part | None:
        """Find the day a clock time belongs to: the nearest in the sentence, the first when tied."""
        near = [d for d in self.days if d.grain in _DATED and "open_start" not in d.flags]

        def gap(day: Part) -> int:
            return max(day.i - clock.j, clock.i - day.j, 0)

        best = min(near, key=lambda d: (gap(d), d.i), default=None)
        return best if best is not None and gap(best) <= _FAR else None

    def _timed(self, clock: Part, day: Part | None, end: Part | None) -> Time:
        """Join a clock time (to its end, where it is a range) with its day."""
        i, j = clock.i, max(clock.j, end.j if end else 0)
        if day is not None and day.i <= j + _BESIDE and i <= day.j + _BESIDE:
            i, j = min(i, day.i), max(j, day.j)
        first, last, grain, marks = self._minutes(clock, end)
        base = Time(
            i,
            j,
            None,
            None,
            grain,
            offset=clock.offset,
            clock=True,
            summer=clock.summer,
            relative=day is None or day.relative,
            twin=clock.twin,
            shift=day.shift if day else 0,
            flags=(*(day.flags if day else ("day_inherited",)), *clock.flags, *marks),
        )
        if end is not None and base.offset is None:
            base = replace(base, offset=end.offset, summer=end.summer)
        if day is not None and day.grain is Granularity.RANGE:
            return _over_days(base, day, first, last)
        midnight = day.low if day is not None and day.low is not None else NO_DAY
        low, high = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
        if day is not None and day.low is not None and self._either_night(clock):
            flags = (*base.flags, "night_ambiguous")
            return replace(base, low=low - DAY, high=high, flags=flags)
        return replace(base, low=low, high=high + DAY if high < low else high)

    def _minutes(
        self, clock: Part, end: Part | None
    ) -> tuple[int, int, Granularity, tuple[str, ...]]:
        """Give first and last minute, what they are, and the flag of an end that is open."""
        assert clock.minutes is not None  # noqa: S101  clocks have minutes
        first, last = clock.minutes
        if end is not None and end.minutes is not None:
            return first, end.minutes[1], Granularity.RANGE, ()
        if clock.grain is Granularity.MINUTE and self.scan.has(clock.i - 1, "until"):
            return 0, last, Granularity.RANGE, ("open_start",)
        if clock.grain is Granularity.MINUTE and self.scan.has(clock.i - 1, "since"):
            return first, _WHOLE_DAY, Granularity.RANGE, ("open_end",)
        return first, last, clock.grain, ()

    def _either_night(self, clock: Part) -> bool:
        """Answer whether `overnight` may be the night before its day or the one after."""
        return self.scan.has(clock.i, "either_night") and _crosses(clock.minutes)


def _crosses(minutes: tuple[int, int] | None) -> bool:
    return minutes is not None and 0 < minutes[0] < _WHOLE_DAY < minutes[1]


def _over_days(time: Time, days: Part, first: int, last: int) -> Time:
    """Put a time of the clock on several days: it lies somewhere from the first to the last."""
    if days.low is None or days.high is None:
        return replace(
            time, low=NO_DAY + timedelta(minutes=first), high=NO_DAY + timedelta(minutes=last)
        )
    low = days.low + timedelta(minutes=first)
    night = days.high - days.low == 2 * DAY and _crosses((first, last))
    high = days.high - (2 * DAY if night else DAY) + timedelta(minutes=last)
    grain = time.granularity if night else Granularity.RANGE
    return replace(time, low=low, high=high, granularity=grain)


def on_day(time: Time, day: datetime) -> Time:
    """Put a clock time without a day on a day that was inherited."""
    if time.low is None or time.high is None or time.low.year != NO_DAY.year:
        return time
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    low, high = midnight + (time.low - NO_DAY), midnight + (time.high - NO_DAY)
    return replace(time, low=low, high=high if high >= low else high + DAY)
