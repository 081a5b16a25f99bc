"""What the form of an agreement cannot say: that its times and events can follow each other, and who replaces whom.

Works on trees that may be wrong elsewhere, so that one mistake hides no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.agreement import EventKind, ProvisionKind
from truceline.model.mission import Bond
from truceline.terms.check import complaint
from truceline.terms.periods import PERIOD_PATTERN, end_of_text, length_of
from truceline.terms.timeline import ENTRY, TURNS
from truceline.terms.times import below, word
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from truceline.model.problem import Problem
    from truceline.terms.times import Clock
    from truceline.terms.tree import Node

_ENDS = frozenset({EventKind.TERMINATES, EventKind.REPLACED_BY})
# What changes nothing in force may be said of an agreement that is over, and a term that was agreed may lie after its end.
_WORDS = frozenset({EventKind.CLARIFIES, EventKind.RESERVES, EventKind.EXPIRES})

# Keys that only some kinds of provision ask for.
_LIMITED = frozenset({
    ProvisionKind.WITHDRAW_WEAPONS, ProvisionKind.WITHDRAW_FORCES, ProvisionKind.DISENGAGEMENT_AREA,
    ProvisionKind.DEMILITARISED_ZONE, ProvisionKind.NO_REINFORCEMENT_OR_RESUPPLY,
})  # fmt: skip
_ASKED_BY = {"limits": _LIMITED, "notice": frozenset({ProvisionKind.NOTIFY_ACTIVITY})}


@dataclass(frozen=True, slots=True)
class _Seen:
    """An event as far as it can be read: `first` and `last` bound when it acts, None where that cannot be told."""

    node: Node
    kind: str
    provisions: frozenset[str]
    first: datetime | None
    last: datetime | None


def agreement_sense(root: Node, clock: Clock, file: str) -> Iterator[Problem]:
    """Complain of deadlines before the entry, events that cannot follow each other, and periods without a start."""
    look = _Look(root, clock, file)
    yield from look.deadlines()
    yield from look.exceptions()
    yield from look.kinds()
    yield from look.events()


class _Look:
    """Looks at one agreement."""

    def __init__(self, root: Node, clock: Clock, file: str) -> None:
        self.clock, self.file = clock, file
        self.provisions = _items(root, "provisions")
        self.entries = [at for r in _items(root, "entry_into_force") if (at := self._at(r))]
        self.announced = self._since(below(root, "announced"))
        self.seen = [self._seen(node) for node in _items(root, "events")]

    def deadlines(self) -> Iterator[Problem]:
        """Complain of a due date before the entry into force, and of a period that starts nowhere."""
        known = [ENTRY, *(word(p, "id") for p in self.provisions)]
        for provision in self.provisions:
            due = below(provision, "due")
            for node in _items(provision, "due") or ([due] if due is not None else []):
                yield from self._start(node, known)
                at = self._at(node)
                if at is not None and self.entries and at < min(self.entries):
                    said = f"due before the entry into force ({min(self.entries).isoformat()})"
                    yield self._say(below(node, "at") or node, said, "correct the date or its zone")

    def exceptions(self) -> Iterator[Problem]:
        """Complain of an exception from what is no prohibition."""
        classes = {word(p, "id"): word(p, "class") for p in self.provisions}
        for provision in self.provisions:
            for node in _items(provision, "provisions"):
                if classes.get(str(node.value), "prohibition") != "prohibition":
                    said = f"{node.value!r} is no prohibition, so nothing can be excepted from it"
                    yield self._say(node, said, "name prohibitions of this agreement")

    def kinds(self) -> Iterator[Problem]:
        """Complain of what a provision says of its kind that can never be judged."""
        for provision in self.provisions:
            areas = {str(n.value) for n in _items(provision, "areas")}
            for limit in _items(provision, "limits"):
                for node in _items(limit, "areas"):
                    if node.value not in areas:
                        said = (
                            f"the limit is about the zone {node.value!r}, and the provision is not"
                        )
                        yield self._say(
                            node, said, "name the zone under areas of the provision too"
                        )
            yield from self._of_kind(provision)
            for key in ("every", "ahead"):
                yield from self._length(below(below(provision, "notice") or provision, key))

    def _of_kind(self, provision: Node) -> Iterator[Problem]:
        kind = word(provision, "kind")
        for key, kinds in _ASKED_BY.items():
            node = below(provision, key)
            if node is not None and kind not in kinds and kind in set(ProvisionKind):
                said = f"nothing asks for {key} under a provision of the kind {kind}"
                yield self._say(node, said, f"use a kind that does: {', '.join(sorted(kinds))}")
        quota = {key: below(provision, key) for key in ("every", "quantity", "unit")}
        node = quota["every"]
        for key, other in quota.items():
            if node is not None and other is None:
                said = f"so much in every period, and {key} is missing"
                yield self._say(node, said, f"add the key {key}")
        if kind == ProvisionKind.NOTIFY_ACTIVITY and word(provision, "class") == "prohibition":
            yield from self._lacks(provision, "notice", "to whom, and how long ahead")

    def _lacks(self, provision: Node, key: str, what: str) -> Iterator[Problem]:
        if below(provision, key) is None:
            yield self._say(provision, f"{what} is missing", f"add the key {key}")

    def _length(self, node: Node | None) -> Iterator[Problem]:
        if node is not None and re.fullmatch(PERIOD_PATTERN, str(node.value)):
            try:
                length_of(str(node.value))
            except MissionError as error:
                yield self._say(node, error.message, error.advice)

    def _start(self, node: Node, known: list[str]) -> Iterator[Problem]:
        start = below(node, "from")
        if start is not None and isinstance(start.value, str) and start.value not in known:
            said = f"{start.value!r} is no start of a period"
            yield self._say(start, said, did_you_mean(start.value, known))
        yield from self._length(below(node, "period"))

    def events(self) -> Iterator[Problem]:
        """Complain of every event that lacks what its kind needs, or comes when it cannot."""
        for event in self.seen:
            yield from self._needs(event)
            for reading in _items(event.node, "readings"):
                yield from self._start(reading, [ENTRY])
            yield from self._order(event)

    def _needs(self, event: _Seen) -> Iterator[Problem]:
        replaced = event.kind == EventKind.REPLACED_BY
        other = below(event.node, "agreement")
        if replaced and other is None:
            yield self._say(
                event.node, "which agreement replaces it is missing", "add the key agreement"
            )
        if other is not None and not replaced:
            said = f"an agreement is named beside the kind {event.kind!r}"
            yield self._say(other, said, "take it out, or use the kind replaced_by")
        if event.kind == EventKind.EXTENDS and not _items(event.node, "readings"):
            said = "until when it is extended is missing"
            yield self._say(event.node, said, "add readings, or use the kind amends")

    def _order(self, event: _Seen) -> Iterator[Problem]:
        known = self._since(below(event.node, "announced"))
        if known is not None and self.announced is not None and known < self.announced:
            said = "the event was announced before the agreement"
            yield self._say(event.node, said, "correct one of the two announcements")
        if event.kind == EventKind.RESUMES and not any(self._suspends(s, event) for s in self.seen):
            said = "nothing was suspended that could resume"
            yield self._say(event.node, said, "add the suspension, or correct the provisions")
        for end in self.seen:
            if end is not event and self._over(end, event):
                said = f"the event comes after the end of what it touches ({word(end.node, 'id')})"
                yield self._say(
                    event.node,
                    said,
                    "correct the times, or say what brought it back as a new agreement",
                )

    def _suspends(self, one: _Seen, resumed: _Seen) -> bool:
        known = one.first is not None and resumed.last is not None
        early = known and one.first <= resumed.last  # type: ignore[operator]
        return one.kind == EventKind.SUSPENDS and _meet(one, resumed) and (early or not known)

    def _over(self, end: _Seen, event: _Seen) -> bool:
        """Answer whether an event acts on what is surely over by then, by every reading."""
        if end.kind not in _ENDS or event.kind in _WORDS or event.kind in _ENDS:
            return False
        covered = not end.provisions or (event.provisions and event.provisions <= end.provisions)
        later = end.last is not None and event.first is not None and event.first > end.last
        return bool(covered) and later

    def _seen(self, node: Node) -> _Seen:
        kind = word(node, "kind")
        touched = frozenset(str(p.value) for p in _items(node, "provisions"))
        # An extension and an amendment act when they are announced; their readings say until when.
        moves = kind in {EventKind.EXTENDS, EventKind.AMENDS} or kind not in TURNS
        readings = [] if moves else _items(node, "readings")
        times = [at for r in readings if (at := self._end(r))]
        if (moves or not _items(node, "readings")) and (
            known := self._since(below(node, "announced"))
        ):
            times = [known]
        first, last = (min(times), max(times)) if times else (None, None)
        return _Seen(node, kind, touched, first, last)

    def _at(self, node: Node) -> datetime | None:
        if below(node, "at") is None:
            return None
        try:
            return self.clock.at(node)
        except MissionError:
            return None

    def _end(self, node: Node) -> datetime | None:
        if below(node, "period") is None or not self.entries or self.clock.zone is None:
            return self._at(node)
        period, counting = word(node, "period"), word(node, "counting")
        return end_of_text(period, counting, min(self.entries), self.clock.zone)

    def _since(self, node: Node | None) -> datetime | None:
        if node is None or below(node, "at") is None:
            return None
        try:
            return self.clock.since(node)
        except MissionError:
            return None

    def _say(self, node: Node, message: str, advice: str) -> Problem:
        return complaint(self.file, node, message, advice)


def _meet(one: _Seen, other: _Seen) -> bool:
    whole = not one.provisions or not other.provisions
    return whole or bool(one.provisions & other.provisions)


def _items(node: Node, key: str) -> list[Node]:
    found = below(node, key)
    return found.value if found is not None and isinstance(found.value, list) else []


def bonds(mission: Node, roots: Mapping[str, Node], file: str) -> Iterator[Problem]:
    """Complain of a force whose bond and party do not fit, and of a provision that binds a force no text binds."""
    loose = {}
    for force in _items(mission, "associated_forces"):
        through, bond = below(force, "bound_through"), below(force, "bond")
        alone = through is not None and through.value is None
        said = str(bond.value) if bond is not None else ""
        if alone == (said in {Bond.BOUND, Bond.ASSOCIATED}) and said:
            found = "a force that is merely named is bound through nobody, and any other through a party"
            yield complaint(
                file, bond or force, found, "write bond: named beside bound_through: null only"
            )
        if alone or said == Bond.ASSOCIATED:
            loose[word(force, "id")] = said or str(Bond.NAMED)
    for name, root in roots.items():
        for provision in _items(root, "provisions"):
            for node in _items(provision, "by"):
                if node.value in loose:
                    found = f"{node.value!r} is {loose[str(node.value)]} and not bound by any text"
                    yield complaint(
                        name, node, found, "take it out, or say bond: bound in mission.yaml"
                    )


def lineage(roots: Mapping[str, Node]) -> Iterator[Problem]:
    """Complain of agreements that replace each other, directly or in a ring, or that both renew and replace one."""
    ends = {
        word(root, "id"): {str(n.value) for n in _items(root, "replaces")}
        for root in roots.values()
    }  # fmt: skip
    for file, root in roots.items():
        mine, renewed = word(root, "id"), {str(n.value) for n in _items(root, "renews")}
        for node in (*_items(root, "replaces"), *_items(root, "renews")):
            if node.value == mine:
                yield complaint(file, node, "an agreement that follows itself", "take it out")
        for node in _items(root, "replaces"):
            other = str(node.value)
            if other != mine and mine in _reach(other, ends):
                said = f"{mine!r} and {other!r} replace each other"
                yield complaint(file, node, said, "leave it with the later one only")
            if other in renewed:
                said = f"{other!r} is both renewed and replaced"
                yield complaint(file, node, said, "say one of the two")


def _reach(start: str, ends: Mapping[str, set[str]]) -> set[str]:
    """Give every agreement that one replaces, and those that these replace."""
    found: set[str] = set()
    left = [start]
    while left:
        for other in ends.get(left.pop(), ()):
            if other not in found:
                found.add(other)
                left.append(other)
    return found
