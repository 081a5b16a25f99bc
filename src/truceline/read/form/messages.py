"""The coder of incident forms: `Key: value` lines to one draft a form; nothing is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of, lineage
from truceline.model.coding import Cited, Coder, Count, Layer, Measure, Modality, PlaceRole
from truceline.model.evidence import Stance
from truceline.read.draft import Draft
from truceline.read.form.form_keys import MEASURES, Entry, Form, forms_in
from truceline.read.grammar.clock import on_day
from truceline.read.grammar.line import PlaceAt
from truceline.read.monitor.monitor_numbers import Reach, numbers
from truceline.read.naming.cast import Cast, is_party
from truceline.read.press.rules_coder import RulesCoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from truceline.read.document import Document
    from truceline.read.grammar.clock import Time
    from truceline.read.grammar.line import Ground, Line

VERSION = "1"
RULE = "form"
_OBSERVED = (
    ("seen", re.compile(r"\b(?:seen|saw|visual(?:ly)?|eye ?witness(?:ed)?)\b", re.IGNORECASE)),
    ("heard", re.compile(r"\b(?:heard|hearing|sound)\b", re.IGNORECASE)),
    ("recorded", re.compile(r"\b(?:recorded|camera|video|drone|uav|radar)\b", re.IGNORECASE)),
    (
        "reported",
        re.compile(r"\b(?:reported|told|hearsay|second[- ]hand|rumou?r)\b", re.IGNORECASE),
    ),
)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\u2212-])(\d{1,2})(?::?([0-5]\d))?\b")
_MONTHS = 12
_HOUR = 60


@dataclass(frozen=True, slots=True)
class FormCoder:
    """Reads incident forms of hotlines, complainants and patrols."""

    ground: Ground
    name: str = "form"

    def code(self, document: Document, lines: Sequence[Line] | None = None) -> list[Draft]:
        """Give one draft for each form, in reading order."""
        read = lines if lines is not None else RulesCoder(self.ground).lines(document)
        cast = Cast.of(self.ground.pack, document.day)
        return [
            _Reader(self.ground, cast, form, document.text).draft(document)
            for form in forms_in(document.text, read)
        ]


class _Reader:
    """Reads one form, field by field."""

    def __init__(self, ground: Ground, cast: Cast, form: Form, text: str) -> None:
        self.text = text
        self.ground, self.cast, self.form = ground, cast, form
        self.flags = list(form.flags)

    def draft(self, document: Document) -> Draft:
        """Give the form as a draft."""
        form = self.form
        text = document.text[form.start : form.end].rstrip()
        quote = Cited(text=text, start=form.start, end=form.start + len(text))
        time, stated = self._time()
        layer = self._layer()
        actors, words = self._actors()
        acts, cues, instruments = self._acts()
        first = min((n for e in form.entries.values() for n, _ in e.lines), default=0)
        return Draft(
            quote=quote,
            sentence=first,
            stance=self._stance(layer, actors, acts),
            acts=acts,
            layers=(layer,) if layer else (),
            actors=actors,
            actor_words=words,
            targets=(),
            participants=(),
            places=tuple(self._places()),
            other_places=(),
            origins=(),
            time=time,
            time_cited=stated if time else None,
            time_inherited=False,
            reporting=False,
            background=False,
            counts=tuple(self._counts()),
            cues=cues,
            instruments=instruments,
            hedges=self._observed(),
            modality=Modality.ASSERTED,
            attitude=None,
            denied=None,
            direct=False,
            coder=Coder(name="form", version=VERSION, rules=(RULE,)),
            flags=tuple(dict.fromkeys(self.flags)),
        )

    # -- when ------------------------------------------------------------------------------------

    def _time(self) -> tuple[Time | None, Cited | None]:
        """Give the date with its clock time; a slashed date of two readings stays unresolved."""
        date, clock = self.form.get("date"), self.form.get("time")
        if date is None:
            self.flags.extend(["date_missing"] if clock else [])
            return None, None
        slashed = _SLASHED.search(date.value.text)
        if (
            slashed
            and slashed[1] != slashed[2]
            and max(int(slashed[1]), int(slashed[2])) <= _MONTHS
        ):
            self.flags.append("date_ambiguous")
            return None, None
        day = next((t for t in _times(date) if t.low is not None and t.low.year > 1), None)
        if day is None or day.low is None:
            self.flags.append("date_unread")
            return None, None
        stated, zone = [date], self._offset()
        hour = next((t for t in _times(clock) if t.clock), None) if clock else None
        if clock and hour is None:
            self.flags.append("time_unread")
        elif clock and hour is not None and not day.clock:
            day = replace(on_day(hour, day.low), flags=())
            stated.append(clock)
        if zone is not None and day.offset is None:
            day = replace(day, offset=zone)
        return day, _over([e.value for e in stated], self.text)

    def _offset(self) -> int | None:
        """Give the stated zone in minutes east of Greenwich; one that is not known is flagged."""
        entry = self.form.get("zone")
        if entry is None:
            return None
        if found := _OFFSET.search(entry.value.text):
            minutes = int(found[2]) * _HOUR + int(found[3] or 0)
            return minutes if found[1] == "+" else -minutes
        keys = [h.key for line in _lines(entry) for h in line.of("zones")]
        known = next((k for k in keys if k != "local"), None)
        if known is not None:
            ahead, past = known[1:].split(":")
            total = int(ahead) * _HOUR + int(past)
            return total if known[0] == "+" else -total
        if "local" not in keys:
            self.flags.append(f"zone_unknown:{entry.value.text}")
        return None

    # -- who -------------------------------------------------------------------------------------

    def _layer(self) -> Layer | None:
        """Give who reports: the name and the side as they are written."""
        reporter, side = self.form.get("reporter"), self.form.get("side")
        if reporter is None and side is None:
            return None
        said = reporter or side
        ids = [i for a in _actors(reporter) for i in a[0]]
        sides = [s for e in (side, reporter) for a in _actors(e) for s in a[1]]
        if side is not None and not _actors(side):
            self.flags.append(f"side_unknown:{side.value.text}")
        if len(set(sides)) > 1:
            self.flags.append("form_conflict:side")
            sides = []
        return Layer(
            said=said.value if said else None,
            cue=said.key if said else None,
            actors=tuple(dict.fromkeys(ids)),
            sides=tuple(dict.fromkeys(sides)),
            role="reporter",
        )

    def _actors(self) -> tuple[tuple[str, ...], tuple[Cited, ...]]:
        """Give the side said to have acted; a name that is not known is flagged."""
        entry = self.form.get("actor")
        if entry is None:
            return (), ()
        sides = tuple(dict.fromkeys(s for a in _actors(entry) for s in a[1]))
        if not sides:
            self.flags.append(f"actor_unresolved:{entry.value.text}")
        return sides, (entry.value,)

    def _stance(
        self, layer: Layer | None, actors: tuple[str, ...], acts: tuple[Act, ...]
    ) -> Stance:
        """Give what a form does: a party alleges, anybody else reports."""
        hostile = bool(actors) or any(is_kind_of(a, Act.HOSTILE_ACT) for a in acts)
        party = layer is not None and any(is_party(s, self.cast) for s in layer.sides)
        if party and layer is not None and set(actors) & set(layer.sides):
            self.flags.append("actor_is_own_side")
            return Stance.REPORTS
        return Stance.ALLEGES if party and hostile else Stance.REPORTS

    # -- what and where --------------------------------------------------------------------------

    def _acts(self) -> tuple[tuple[Act, ...], tuple[Cited, ...], tuple[Cited, ...]]:
        """Give the acts of the description, made more special by the weapon that is named."""
        what, weapon = self.form.get("what"), self.form.get("weapon")
        found = [Act(h.key) for line in _lines(what) for h in line.of("acts")]
        armed = [Act(h.key) for line in _lines(weapon) for h in line.of("instruments")]
        if weapon is not None and not armed:
            self.flags.append(f"weapon_unread:{weapon.value.text}")
        if any(is_kind_of(a, Act.FIRE) or a in {Act.HOSTILE_ACT, Act.EXPLOSION} for a in found):
            found += armed
        kept = tuple(a for a in dict.fromkeys(found) if not any(a in lineage(b)[1:] for b in found))
        return kept, (what.value,) if what else (), (weapon.value,) if weapon else ()

    def _places(self) -> Iterator[PlaceAt]:
        entry = self.form.get("place")
        if entry is None or entry.line is None:
            return
        found = [
            p
            for line in _lines(entry)
            for p in line.places
            if line.tokens[p.i].start >= entry.value.start
        ]
        if not found:
            place = self.ground.gazetteer.place(entry.value.text)
            tokens = [i for i, t in enumerate(entry.line.tokens) if t.start >= entry.value.start]
            if place is not None and tokens:
                found = [PlaceAt(tokens[0], tokens[-1] + 1, place, PlaceRole.SCENE)]
        if not found:
            self.flags.append(f"place_unknown:{entry.value.text}")
        yield from (replace(p, role=PlaceRole.SCENE) for p in found)

    def _counts(self) -> Iterator[Count]:
        """Give the numbers under their keys; the description speaks only where there is no key."""
        keyed = set()
        for name, measure in MEASURES.items():
            entry = self.form.get(name)
            if entry is None:
                continue
            count = _number(entry, measure)
            if count is None:
                self.flags.append(f"count_unread:{name}")
                continue
            keyed.add(measure)
            yield count
        told = list(self._told())
        for count in told:
            if count.measure not in keyed and count.measure.value not in self.form.disputed:
                yield count

    def _told(self) -> Iterator[Count]:
        what = self.form.get("what")
        for line in _lines(what):
            for c in line.counts:
                if not c.subset:
                    yield Count(
                        measure=c.measure,
                        low=c.low,
                        high=c.high,
                        qualifier=c.qualifier,
                        cited=line.cited(c.i, c.j),
                        status=c.status,
                        cumulative=c.cumulative,
                    )

    def _observed(self) -> tuple[Cited, ...]:
        """Flag how it was perceived; what was only told to the reporter is hedged."""
        entry = self.form.get("observed")
        if entry is None:
            return ()
        ways = [name for name, pattern in _OBSERVED if pattern.search(entry.value.text)]
        self.flags.extend(f"observed:{w}" for w in ways)
        if not ways:
            self.flags.append(f"observed_unread:{entry.value.text}")
        return (entry.value,) if ways == ["reported"] else ()


def _lines(entry: Entry | None) -> Iterable[Line]:
    return [line for _, line in entry.lines] if entry else []


def _times(entry: Entry | None) -> list[Time]:
    return [t for line in _lines(entry) for t in line.times]


def _actors(entry: Entry | None) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give ids and sides of the actors that a value names; a bare role word names nobody."""
    if entry is None:
        return []
    return [
        (a.ids, a.sides)
        for line in _lines(entry)
        for a in line.actors
        if (a.ids or a.sides) and line.tokens[a.i].start >= entry.value.start
    ]


def _number(entry: Entry, measure: Measure) -> Count | None:
    line = entry.line
    if line is None:
        return None
    found = numbers(Reach(line, entry.value.start, entry.value.end))
    if len(found) != 1:
        return None
    one = found[0]
    persons = [h.key for h in line.of("persons") if h.i >= one.j]
    return Count(
        measure=measure,
        low=one.low,
        high=one.high,
        qualifier=one.qualifier,
        cited=entry.value,
        status=persons[0] if persons else None,
    )


def _over(values: Sequence[Cited], text: str) -> Cited:
    """Give the words from the first value to the last, verbatim."""
    start, end = min(v.start for v in values), max(v.end for v in values)
    return Cited(text=text[start:end], start=start, end=end)
