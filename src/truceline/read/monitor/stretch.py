"""Where a rule of monitor reports reads: a part of a sentence, and the report around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from truceline.model.acts import Act, lineage
from truceline.model.coding import Cited, Measure, Modality, PlacedRole, PlaceRole
from truceline.model.evidence import Stance
from truceline.model.place_time import PlaceKind
from truceline.read.monitor import marks
from truceline.read.monitor import monitor_rules as book
from truceline.read.monitor.monitor_numbers import Reach, numbers
from truceline.read.monitor.window import clock_in, clock_on, daily_window, window_in, windows_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from truceline.model.coding import Count, Layer
    from truceline.read.grammar.line import Ground, Line, PlaceAt
    from truceline.read.monitor.window import Frame, Window

WEAPON_WORDS = frozenset(
    {
        Act.ARTILLERY_FIRE,
        Act.MORTAR_FIRE,
        Act.ROCKET_FIRE,
        Act.MISSILE_STRIKE,
        Act.SMALL_ARMS_FIRE,
        Act.CLUSTER_MUNITION,
    }
)
FIRE_ACTS = frozenset({*WEAPON_WORDS, Act.INDIRECT_FIRE, Act.FIRE, Act.EXPLOSION})
CAUSES = frozenset({*FIRE_ACTS, Act.MINE_EXPLOSION, Act.UAV_STRIKE, Act.AIR_STRIKE})
TRACES = frozenset({*CAUSES, Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.ATTACK_ON_MEDICAL})
_UAV_WORDS = ("UAV", "unmanned aerial", "drone")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of one sentence, in code points of the text, read by one rule."""

    line: Line
    number: int
    first: int
    last: int

    @property
    def words(self) -> str:
        """The words of the stretch."""
        return self.line.text[self.first : self.last]

    def part(self, first: int, last: int) -> Stretch:
        """Give a part of the stretch."""
        return Stretch(self.line, self.number, first, last)

    def holds(self, i: int, j: int) -> bool:
        """Answer whether tokens `i` up to `j` stand in the stretch."""
        tokens = self.line.tokens
        return self.first <= tokens[i].start and tokens[j - 1].end <= self.last

    def reach(self) -> Reach:
        """Give the stretch without its times, bearings, locations and asides on the past."""
        text, a, b = self.line.text, self.first, self.last
        asides = (m for m in marks.BRACKET.finditer(text, a + 1, b) if book.BEFORE.search(m[1]))
        closed = [
            *windows_in(text, a, b),
            *marks.location_brackets(text, a, b),
            *marks.idle_brackets(text, a, b),
            *(m.span() for m in marks.bearings(text, a, b)),
            *(m.span() for m in book.BEFORE.finditer(text, a, b)),
            *(m.span() for m in asides),
        ]
        return Reach(self.line, a, b, tuple(closed))

    def split(self, mark: re.Pattern[str]) -> list[Stretch]:
        """Cut after marks that stand outside brackets."""
        text = self.line.text
        closed = [b.span() for b in marks.BRACKET.finditer(text, self.first, self.last)]
        cuts = [
            m.end()
            for m in mark.finditer(text, self.first, self.last)
            if not any(a < m.start() < b for a, b in closed)
        ]
        return [self.part(a, b) for a, b in pairwise([self.first, *cuts, self.last])]


@dataclass(slots=True)
class Fields:
    """The fields of a draft while a rule fills them in."""

    rule: str
    stance: Stance = Stance.REPORTS
    acts: list[Act] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    scenes: list[PlaceAt] = field(default_factory=list)
    others: list[PlacedRole] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    cues: list[Cited] = field(default_factory=list)
    window: Window | None = None
    inherited: bool = False
    background: bool = False
    reporting: bool = False
    modality: Modality = Modality.ASSERTED
    actors: list[str] = field(default_factory=list)
    actor_words: list[Cited] = field(default_factory=list)
    speaker: Layer | None = None


@dataclass(slots=True)
class Report:
    """One report being read: its header, and the region, window and day last named."""

    ground: Ground
    frame: Frame
    region: PlaceAt | None = None
    seen: dict[str, PlaceAt] = field(default_factory=dict)
    window: Window | None = None
    told_at: tuple[int, Window] | None = None
    day: date | None = None

    def heading(self, whole: Stretch) -> bool:
        """Take the region from a heading: a line without a full stop and without a number."""
        ended = whole.words.rstrip("*[]0123456789 ")[-1:] in ".;!?"
        if ended or numbers(whole.reach()):
            return False
        regions = self.regions(whole)
        self.region = regions[0] if len(regions) == 1 else self.region
        return True

    def regions(self, at: Stretch) -> list[PlaceAt]:
        """Give the regions named; in `Alpha or Beta region` one word makes regions of both names."""
        found: list[PlaceAt] = []
        for named in reversed(at.line.places):
            place = named
            if (
                place.place.kind is not PlaceKind.DISTRICT
                and found
                and paired(at.line, place, found[0])
            ):
                name = f"{at.line.cited(place.i, place.j).text} region"
                region = self.ground.gazetteer.place(name)
                place = replace(place, place=region) if region is not None else place
            if place.place.kind is PlaceKind.DISTRICT and at.holds(place.i, place.j):
                found.insert(0, place)
        return found

    def named(self, at: Stretch) -> list[PlaceAt]:
        """Give the places named that are no regions and no mere points of reference."""
        closed = marks.location_brackets(at.line.text, at.first, at.last)
        regions = {p.i for p in self.regions(at)}
        return [
            p
            for p in at.line.places
            if at.holds(p.i, p.j)
            and p.i not in regions
            and not any(a <= at.line.tokens[p.i].start < b for a, b in closed)
        ]

    def _unknown(self, at: Stretch) -> Iterator[str]:
        """Flag a name that a location bracket follows and that no gazetteer knows."""
        known = {at.line.tokens[p.j - 1].end for p in at.line.places}
        for start, _ in marks.location_brackets(at.line.text, at.first, at.last):
            end = start - 1 if at.line.text[start - 1 : start] == " " else start
            name = marks.NAME_BEFORE.search(at.line.text[at.first : end])
            if end not in known and name:
                yield f"place_unknown:{name[1]}"

    def place(self, f: Fields, at: Stretch, role: PlaceRole) -> None:
        """Give the places of a stretch their part, with what the report says of where they lie."""
        for place in self.named(at):
            if role is PlaceRole.SCENE:
                f.scenes.append(place)
            else:
                cited = at.line.cited(place.i, place.j)
                f.others.append(PlacedRole(place=place.place, role=role, cited=cited))
        f.flags.extend(marks.location_flags(at.line.text, at.first, at.last))
        f.flags.extend(self._unknown(at))

    def scene(self, f: Fields, at: Stretch) -> None:
        """Take the places of a stretch for the scene, or the region where it names no other place."""
        self.place(f, at, PlaceRole.SCENE)
        if not f.scenes:
            f.scenes.extend(self.regions(at))

    def when(self, f: Fields, at: Stretch, *, inherit: bool) -> None:
        """Give the time that is stated, else that of the paragraph, else the report's window."""
        text, block = at.line.text, at.line.sentence.block
        f.window = window_in(text, at.first, at.last, self.frame)
        if f.window is None and self.day is not None:
            f.window = clock_on(text, (at.first, at.last), self.day, self.frame)
            if f.window is not None:
                f.inherited = True
                f.flags.append("day_inherited")
        if f.window is not None:
            self.day = f.window.day or self.day
            self.told_at = (block, f.window)
        elif clock_in(text, at.first, at.last):
            f.flags.append("day_unknown")
        elif inherit and book.UNREAD_TIME.search(at.words):
            f.flags.append("time_unread")
        elif inherit:
            self._inherit(f, block)

    def _inherit(self, f: Fields, block: int) -> None:
        if self.told_at is not None and self.told_at[0] == block:
            f.window, f.inherited = self.told_at[1], True
            f.flags.append("time_inherited")
        elif self.window is not None:
            f.window, f.inherited = self.window, True
            f.flags.append("window_inherited")
        elif (daily := daily_window(self.frame)) is not None:
            f.window, f.inherited = daily, True
            f.flags.append("window_of_daily_report")

    def means(self, f: Fields, whole: Stretch) -> None:
        """Give how it was perceived, in the report's own verb."""
        verb = book.PERCEIVED.search(whole.words)
        if verb is None:
            return
        start = whole.first + verb.start()
        f.cues.append(Cited(text=verb[0], start=start, end=start + len(verb[0])))
        if "camera" in whole.words:
            f.flags.append("means:camera")
        elif any(w in whole.words for w in _UAV_WORDS):
            f.flags.append("means:uav")
        elif verb[0].startswith(("heard", "hear", "saw", "see", "spotted", "observe")):
            f.flags.append("means:heard" if verb[0].startswith("hear") else "means:saw")

    def acts(self, f: Fields, at: Stretch, wanted: frozenset[Act], first: Iterable[Act]) -> None:
        """Add the acts that the pack's words name, the more special for the more general."""
        line = at.line
        hits = [h for h in line.of("acts") if Act(h.key) in wanted and at.holds(h.i, h.j)]
        hits += [
            h
            for h in line.of("instruments")
            if Act(h.key) in wanted & WEAPON_WORDS and at.holds(h.i, h.j)
        ]
        hits.sort(key=lambda h: h.i)
        found = [*f.acts, *first, *(Act(h.key) for h in hits)]
        f.acts = [a for a in dict.fromkeys(found) if not any(a in lineage(b)[1:] for b in found)]
        f.cues.extend(line.cited(h.i, h.j) for h in hits)


def paired(line: Line, first: PlaceAt, second: PlaceAt) -> bool:
    """Answer whether only `and` or `or` stands between two places."""
    return first.j < second.i <= first.j + 2 and line.norm(first.j) in {"and", "or"}


def is_violations(counts: Iterable[Count]) -> bool:
    """Answer whether violations themselves are counted."""
    return any(c.measure is Measure.VIOLATIONS for c in counts)
