"""What a mission recorded: sums of a region and period, and observations by bearing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Cited, Measure, PlaceRole
from truceline.read.monitor import marks
from truceline.read.monitor import monitor_rules as book
from truceline.read.monitor import monitor_words as words
from truceline.read.monitor.monitor_numbers import numbers
from truceline.read.monitor.stretch import FIRE_ACTS, Fields, is_violations, paired

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from truceline.read.grammar.line import PlaceAt
    from truceline.read.monitor.stretch import Report, Stretch


def recorded(report: Report, whole: Stretch) -> Iterator[Fields]:
    """Read what was recorded: sums by region and period, or observations by bearing."""
    carried = Measure.VIOLATIONS if book.OF_THESE.search(whole.words) else None
    for part, regions in _by_region(report, whole):
        for piece, before in _by_period(part):
            for f in _Found(report, whole, regions, before).read(piece, carried):
                carried = f.counts[0].measure if f.counts else carried
                yield f


def _by_region(report: Report, whole: Stretch) -> list[tuple[Stretch, tuple[PlaceAt, ...]]]:
    """Cut a sentence of several regions, which stand before their counts or after them."""
    groups: list[list[PlaceAt]] = []
    for region in report.regions(whole):
        if groups and paired(whole.line, groups[-1][-1], region):
            groups[-1].append(region)
        else:
            groups.append([region])
    if len(groups) < 2:  # noqa: PLR2004  one place needs no cut
        return [(whole, tuple(groups[0]) if groups else ())]
    tokens, counted = whole.line.tokens, numbers(whole.reach())
    if not counted or groups[0][0].i < counted[0].i:
        inner = [tokens[g[0].i].start for g in groups[1:]]
    else:
        inner = [tokens[g[-1].j - 1].end for g in groups[:-1]]
    cuts = pairwise([whole.first, *inner, whole.last])
    return [(whole.part(a, b), tuple(g)) for (a, b), g in zip(cuts, groups, strict=True)]


def _by_period(at: Stretch) -> list[tuple[Stretch, bool]]:
    """Cut off what is told of the period before; True marks it."""
    text = at.line.text
    before = book.BEFORE.search(text, at.first, at.last)
    if before is None:
        return [(at, False)]
    joins = [m.start() for m in book.CONNECTOR.finditer(text, at.first, before.start())]
    if joins and text[joins[-1]] == "(":
        end = text.find(")", before.end(), at.last) + 1 or at.last
        return [(at, False), (at.part(joins[-1], end), True)]
    listed = numbers(at.reach())
    early = [n for n in listed if at.line.tokens[n.i].start < before.start()]
    cut = joins[-1] if joins else before.start()
    if not early or (not joins and len(early) == len(listed)):
        return [(at, True)]
    return [(at.part(at.first, cut), False), (at.part(cut, at.last), True)]


def _by_bearing(at: Stretch, bearings: Sequence[re.Match[str]]) -> list[Stretch]:
    """Cut after each bearing that counts of its own stand before."""
    parts: list[Stretch] = []
    begin = at.first
    for found in bearings:
        piece = at.part(begin, found.end())
        if words.seen_in(piece.reach()):
            parts.append(piece)
        elif parts:
            parts[-1] = parts[-1].part(parts[-1].first, found.end())
        else:
            continue
        begin = found.end()
    rest = at.part(begin, at.last)
    if parts and not words.seen_in(rest.reach()):
        parts[-1] = parts[-1].part(parts[-1].first, at.last)
        return parts
    return [*parts, rest]


class _Found:
    """Reads the counts of one region and period of a sentence."""

    def __init__(
        self,
        report: Report,
        whole: Stretch,
        regions: tuple[PlaceAt, ...],
        before: bool,  # noqa: FBT001
    ) -> None:
        self.report, self.whole = report, whole
        self.regions, self.before = regions, before

    def read(self, at: Stretch, carried: Measure | None) -> Iterator[Fields]:
        """Give a draft's fields for each bearing with counts of its own."""
        nothing = book.NONE.search(at.words) is not None
        bearings = marks.bearings(at.line.text, at.first, at.last)
        for n, part in enumerate(_by_bearing(at, bearings)):
            seen = words.seen_in(part.reach(), negative=nothing)
            counts = [s.count for s in seen]
            if not counts and (carried or self.before) and not n:
                counts = words.bare_counts(part.reach(), carried or Measure.VIOLATIONS)
            if not counts:
                continue
            f = Fields(book.OBSERVATION, counts=counts)
            zero = all(c.high == 0 for c in counts)
            if not zero:
                acts = [s.act for s in seen] or [Act.HOSTILE_ACT]
                self.report.acts(f, part, FIRE_ACTS if seen else frozenset(), acts)
            self._surroundings(f, part)
            self._kind(f, zero=zero)
            self._sums(f)
            yield f

    def _surroundings(self, f: Fields, part: Stretch) -> None:
        """Give position, bearing, flight and means: the event is not where the observer stood."""
        whole, text = self.whole, self.whole.line.text
        parted = book.PARTED.search(text, part.first, part.last) or book.PARTED.search(
            text, whole.first, whole.last
        )
        inside = parted is not None and parted["where"] != "outside"
        if parted is not None:
            f.flags.append(f"disengagement:{'inside' if inside else 'outside'}")
        self.report.place(f, whole, PlaceRole.MENTIONED)
        if inside and parted is not None:
            self._scene_of_area(f, parted.start())
        f.flags.extend(marks.flights(text, part.first, part.last))
        bearings = marks.bearings(text, part.first, part.last)
        f.flags.extend(marks.bearing_flag(b) for b in bearings)
        f.cues.extend(Cited(text=b[0], start=b.start(), end=b.end()) for b in bearings)

    def _scene_of_area(self, f: Fields, at: int) -> None:
        """Take the place that names the disengagement area for the scene."""
        line = self.whole.line
        near = [p for p in self.report.named(self.whole) if line.tokens[p.j - 1].end >= at]
        if near:
            f.scenes.append(near[0])
            cited = line.cited(near[0].i, near[0].j)
            f.others = [o for o in f.others if o.cited != cited]

    def _kind(self, f: Fields, *, zero: bool) -> None:
        """Tell sums from observations, this period from the one before, none from some."""
        bearing = any(x.startswith("bearing:") for x in f.flags)
        posted = bearing or (bool(f.others or f.scenes) and not self.regions)
        tally = (self.before or is_violations(f.counts) or bool(self.regions)) and not posted
        if tally:
            f.flags.append("tally")
            f.rule = book.TALLY
            self._region(f)
        else:
            self.report.means(f, self.whole)
        if zero:
            f.rule = book.NONE_RECORDED
            f.flags.append("none_recorded")
        if self.before:
            f.rule, f.background = book.PREVIOUS, True
            f.flags.append("previous_period")
            return
        self.report.when(f, self.whole, inherit=True)
        if tally and f.window is not None and not f.inherited:
            self.report.window = f.window

    def _region(self, f: Fields) -> None:
        """Give the region of a sum: the one named, or the one named before."""
        report = self.report
        if self.regions:
            f.scenes.extend(self.regions)
            report.region = self.regions[0] if len(self.regions) == 1 else None
            report.seen.update({r.place.gazetteer_id or r.place.name: r for r in self.regions})
        elif book.BOTH.search(self.whole.words) and len(report.seen) == 2:  # noqa: PLR2004  both
            f.scenes.extend(report.seen.values())
        elif report.region is not None and book.IN_REGION.search(self.whole.words):
            f.scenes.append(report.region)
        elif report.region is not None and self.before:
            f.scenes.append(report.region)
            f.flags.append("region_inherited")

    def _sums(self, f: Fields) -> None:
        """Mark what is a part of the sum before it, and what runs on since an earlier day."""
        report, said = self.report, self.whole.words
        if book.OF_THESE.search(said):
            shown = "live_fire_exercise" if book.EXERCISE.search(said) else None
            f.counts = [replace(c, status=c.status or shown) for c in f.counts]
            f.flags.append("part_of_sum_before")
            if report.region is not None and not f.scenes:
                f.scenes.append(report.region)
        if book.SO_FAR.search(said):
            f.counts = [replace(c, cumulative=True) for c in f.counts]
