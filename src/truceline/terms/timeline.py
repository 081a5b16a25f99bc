"""From an agreement's events to what is in force: yes, no or cannot tell, under each combination of readings.

A combination takes one reading of the entry into force and one of every event that has several. Readings of one
instant are one reading, whatever zones they are written in. An event ends, suspends or moves only what it touches;
silence of a later agreement about an older one of the same parties leaves the older one open, and nobody can tell,
until one that renews it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from truceline.model.agreement import Deadline, EventKind, Obligation, Reading
from truceline.model.place_time import Answer
from truceline.terms.periods import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from truceline.model.agreement import Agreement, Event, Provision
    from truceline.model.mission import Mission

ENTRY = "entry_into_force"
_NOTHING: Mapping[str, datetime] = MappingProxyType({})
MOST_COMBINATIONS = 64
_MOVES = frozenset({EventKind.EXTENDS, EventKind.AMENDS})


def known_at(mission: Mission, as_of: datetime) -> Mission:
    """Give the mission with what was announced by then: before it, an agreement or event does not exist."""
    announced = (
        a for a in mission.agreements if a.announced is None or a.announced.instant <= as_of
    )
    agreements = tuple(_known(a, as_of) for a in announced)
    there = {agreement.id for agreement in agreements}
    bodies = tuple(body for body in mission.bodies if body.agreement in there)
    return replace(mission, agreements=agreements, bodies=bodies)


def _known(agreement: Agreement, as_of: datetime) -> Agreement:
    events = tuple(e for e in agreement.events if e.announced.instant <= as_of)
    unknown = {e.id for e in agreement.events} - {e.id for e in events}
    ambiguities = tuple(a for a in agreement.ambiguities if a.event not in unknown)
    left = {a.id for a in ambiguities}
    return replace(
        agreement, events=events, ambiguities=ambiguities,
        provisions=tuple(
            replace(p, ambiguities=tuple(a for a in p.ambiguities if a in left))
            for p in agreement.provisions
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on the answer is `answer`; `name` says by what, such as *entry into force*."""

    at: datetime
    answer: Answer
    name: str


@dataclass(frozen=True, slots=True)
class Course:
    """What is in force under one combination of readings, as changes in the order of time; before the first, nothing is."""

    reading: str
    changes: tuple[Change, ...]

    def at(self, instant: datetime) -> Answer:
        """Answer whether it is in force at an instant."""
        before = [c.answer for c in self.changes if c.at <= instant]
        return before[-1] if before else Answer.NO


@dataclass(frozen=True, slots=True)
class _Turn:
    """What an event does at one reading of it."""

    at: datetime
    turn: str
    name: str


# What each turn sets: a switch, and whether it is then on. A renewal takes away the doubt that an earlier silence left.
_SETS = {
    "entered": ("entered", True),
    "suspended": ("suspended", True),
    "resumed": ("suspended", False),
    "doubted": ("doubted", True),
    "renewed": ("doubted", False),
    "denounced": ("denounced", True),
    "ended": ("ended", True),
}
# What an event of a kind does, and its name.
TURNS = {
    EventKind.ENTERS_INTO_FORCE: ("entered", "entry into force"),
    EventKind.SUSPENDS: ("suspended", "the suspension"),
    EventKind.RESUMES: ("resumed", "the resumption"),
    EventKind.DENOUNCES: ("denounced", "the denunciation"),
    EventKind.EXPIRES: ("ended", "the expiry"),
    EventKind.TERMINATES: ("ended", "the termination"),
    EventKind.REPLACED_BY: ("ended", "the replacement"),
}


@dataclass(frozen=True, slots=True)
class Timelines:
    """The courses of a mission's agreements and provisions, worked out once each."""

    mission: Mission
    _found: dict[tuple[str, str | None], tuple[Course, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def of(self, agreement: Agreement, provision: Provision | None = None) -> tuple[Course, ...]:
        """Give the courses of an agreement of the mission as a whole, or of one of its provisions."""
        key = agreement.id, provision.id if provision else None
        if key not in self._found:
            self._found[key] = courses(agreement, self.mission, provision)
        return self._found[key]


def courses(
    agreement: Agreement, mission: Mission, provision: Provision | None = None
) -> tuple[Course, ...]:
    """Give what is in force under every combination of readings, of a provision or of the agreement as a whole."""
    entries, axes = _axes(agreement, mission, provision)
    found = []
    for entry in entries:
        for choice in product(*(axis.choices for axis in axes)):
            turns = [_Turn(entry.instant, "entered", "entry into force")]
            turns += [
                _turn(axis, reading, entry, mission.zone)
                for axis, reading in zip(axes, choice, strict=True)
            ]
            named = [entry.id] * (len(entries) > 1)
            named += [r.id for axis, r in zip(axes, choice, strict=True) if len(axis.choices) > 1]
            found.append(Course("+".join(named) or entry.id, _changes(turns, late=_late(axes))))
    return tuple(found)


def combinations(agreement: Agreement, mission: Mission) -> int:
    """Count the combinations of readings of the agreement and of its most read provision."""

    def count(provision: Provision | None) -> int:
        entries, axes = _axes(agreement, mission, provision)
        number = len(entries)
        for axis in axes:
            number *= len(axis.choices)
        return number

    return max(count(provision) for provision in (None, *agreement.provisions))


@dataclass(frozen=True, slots=True)
class _Axis:
    """What may be read in several ways: an event, or the entry of a later agreement, and the turn it makes."""

    turn: str
    name: str
    choices: tuple[Deadline, ...]


def _late(axes: Iterable[_Axis]) -> bool:
    """Answer whether a provision enters by an event of its own instead of with the agreement."""
    return any(axis.turn == "entered" for axis in axes)


def _axes(
    agreement: Agreement, mission: Mission, provision: Provision | None
) -> tuple[tuple[Reading, ...], tuple[_Axis, ...]]:
    entries = distinct(agreement.readings)
    mine = [e for e in agreement.events if touches(e, agreement, provision)]
    end = _end(mine)
    kept = [e for e in mine if e.kind in TURNS and e.kind is not EventKind.EXPIRES]
    found = [_axis(e, e.kind, entries, mission) for e in kept]
    if end is not None:
        found.append(_axis(end, EventKind.EXPIRES, entries, mission))
    return entries, (*found, *_later(agreement, mission))


def touches(event: Event, agreement: Agreement, provision: Provision | None) -> bool:
    """Answer whether an event touches a provision, or without one the agreement as a whole."""
    whole = not event.provisions or {p.id for p in agreement.provisions} <= set(event.provisions)
    return whole or (provision is not None and provision.id in event.provisions)


def _end(events: Sequence[Event]) -> Event | None:
    """Give the event that says until when, the last announced: an extension moves an end and never makes one."""
    said = [e for e in events if e.kind is EventKind.EXPIRES]
    if not said:
        return None
    moved = [e for e in events if e.kind is EventKind.EXTENDS and e.readings]
    return max([*said, *moved], key=lambda e: (e.announced.instant, e.kind in _MOVES, e.id))


def _axis(event: Event, kind: EventKind, entries: Sequence[Reading], mission: Mission) -> _Axis:
    """Give what an event does; one that replaces does it with its entry, any other without readings when it is announced."""
    other = next((a for a in mission.agreements if a.id == event.agreement), None)
    choices = event.readings or (_entry(other) if other else (_announced(event),))
    turn, name = TURNS[kind]
    return _Axis(turn, name + _by(event, kind), _distinct(choices, entries, mission.zone))


def _by(event: Event, kind: EventKind) -> str:
    match kind:
        case EventKind.DENOUNCES:
            return f" by {event.announced.by}"
        case EventKind.REPLACED_BY:
            return f" by {event.agreement}"
        case _:
            return ""


def _announced(event: Event) -> Deadline:
    said = event.announced
    return Deadline(id=event.id, text=said.text, zone="", instant=said.instant, period=None,
                    held_by=said.by, source=said.source)  # fmt: skip


def _later(agreement: Agreement, mission: Mission) -> Iterator[_Axis]:
    """Give the entries of later agreements that replace this one, renew it, or say nothing of it."""
    for other in mission.agreements:
        if agreement.id in other.replaces:
            name = f"the entry into force of {other.id}, which replaces it"
            yield _Axis("ended", name, _entry(other))
        elif agreement.id in silent_about(other, mission):
            name = f"the entry into force of {other.id}, which does not say whether it goes on"
            yield _Axis("doubted", name, _entry(other))
        elif agreement.id in other.renews:
            name = f"the entry into force of {other.id}, which renews it"
            yield _Axis("renewed", name, _entry(other))


def _entry(agreement: Agreement) -> tuple[Deadline, ...]:
    return tuple(
        Deadline(id=f"{agreement.id}/{r.id}", text=r.text, zone=r.zone, instant=r.instant, period=None,
                 held_by=r.held_by, source=r.source)
        for r in distinct(agreement.readings)
    )  # fmt: skip


def silent_about(agreement: Agreement, mission: Mission) -> tuple[str, ...]:
    """Give the older agreements between its parties of which an agreement says nothing, oldest first."""
    said = {agreement.id, *agreement.renews, *agreement.replaces}
    return tuple(
        other.id
        for other in in_order(mission.agreements)
        if other.id not in said
        and set(other.parties) & set(agreement.parties)
        and _first(other) < _first(agreement)
        and not any(e.agreement == agreement.id for e in other.events)
    )


def kept_by(agreement: str, mission: Mission) -> frozenset[str]:
    """Give the older agreements that one renews, and those that these renew."""
    renewed = {a.id: set(a.renews) for a in mission.agreements}
    found: set[str] = set()
    left = [agreement]
    while left:
        fresh = renewed.get(left.pop(), set()) - found
        found |= fresh
        left += sorted(fresh)
    return frozenset(found)


def in_order(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Sort agreements by their first reading's instant."""
    return tuple(sorted(agreements, key=lambda a: (a.readings[0].instant, a.id)))


def _first(agreement: Agreement) -> datetime:
    return min(reading.instant for reading in agreement.readings)


def distinct(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Keep one reading of each instant, the first: one instant written in two zones is no rivalry."""
    return tuple({r.instant: r for r in reversed(readings)}[i] for i in _unique(readings))


def _unique(readings: Iterable[Reading]) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(r.instant for r in readings))


def _distinct(
    choices: Sequence[Deadline], entries: Sequence[Reading], zone: tzinfo
) -> tuple[Deadline, ...]:
    """Keep one of those that mean one instant under every reading of the entry into force."""
    found: dict[tuple[datetime | None, ...], Deadline] = {}
    for choice in choices:
        found.setdefault(tuple(instant_of(choice, e, zone) for e in entries), choice)
    return tuple(found.values())


def instant_of(
    deadline: Deadline, entry: Reading, zone: tzinfo, fulfilled: Mapping[str, datetime] = _NOTHING
) -> datetime | None:
    """Give the instant of a deadline under one reading of the entry; None where it waits for a provision.

    `fulfilled` says since when provisions of the agreement are fulfilled, by id.
    """
    if deadline.period is None:
        return deadline.instant
    start = deadline.period.start
    begun = entry.instant if start == ENTRY else fulfilled.get(start)
    return None if begun is None else end_of(deadline.period, begun, zone)


def _turn(axis: _Axis, reading: Deadline, entry: Reading, zone: tzinfo) -> _Turn:
    at = instant_of(reading, entry, zone)
    assert at is not None  # noqa: S101  the check lets no such event in
    return _Turn(at, axis.turn, axis.name)


def _changes(turns: Sequence[_Turn], *, late: bool) -> tuple[Change, ...]:
    """Play the turns in the order of time; a change is where the answer becomes another."""
    if late:
        turns = turns[1:]
    on = dict.fromkeys((switch for switch, _ in _SETS.values()), False)
    changes: list[Change] = []
    for turn in sorted(turns, key=lambda t: (t.at, t.turn, t.name)):
        switch, to = _SETS[turn.turn]
        on[switch] = to
        answer = _answer(on)
        if answer is not (changes[-1].answer if changes else Answer.NO):
            changes.append(Change(turn.at, answer, turn.name))
    return tuple(changes)


def _answer(on: dict[str, bool]) -> Answer:
    if not on["entered"] or on["suspended"] or on["ended"]:
        return Answer.NO
    return Answer.CANNOT_TELL if on["doubted"] or on["denounced"] else Answer.YES


@dataclass(frozen=True, slots=True)
class Due:
    """When an obligation is due: every reading with its instant, and by which event it was moved, if any.

    A deadline without an instant waits for the provision that its period starts from.
    """

    readings: tuple[tuple[Deadline, datetime | None], ...]
    moved_by: Event | None = None


def due_of(
    provision: Provision, agreement: Agreement, zone: tzinfo,
    fulfilled: Mapping[str, datetime] = _NOTHING,
) -> Due | None:  # fmt: skip
    """Give when an obligation is due by what is known, None where the text names no date or it is no obligation.

    `fulfilled` says since when provisions of the agreement are fulfilled, by id: a period may start from one.
    """
    if not isinstance(provision, Obligation) or not provision.due:
        return None
    entries = distinct(agreement.readings)
    first = _instants(provision.due, entries, zone, fulfilled)
    moves = [
        e for e in agreement.events
        if e.kind in _MOVES and e.readings and provision.id in e.provisions
    ]  # fmt: skip
    if not moves:
        return Due(first)
    last = max(moves, key=lambda e: (e.announced.instant, e.id))
    now = _instants(last.readings, entries, zone, fulfilled)
    same = {at for _, at in now} == {at for _, at in first}
    return Due(first) if same else Due(now, last)


def _instants(
    deadlines: Sequence[Deadline],
    entries: Sequence[Reading],
    zone: tzinfo,
    fulfilled: Mapping[str, datetime],
) -> tuple[tuple[Deadline, datetime | None], ...]:
    found: dict[datetime | None, Deadline] = {}
    for deadline in deadlines:
        for entry in entries:
            found.setdefault(instant_of(deadline, entry, zone, fulfilled), deadline)
    return tuple((deadline, at) for at, deadline in found.items())
