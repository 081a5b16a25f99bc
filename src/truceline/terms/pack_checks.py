"""What the shape of a data pack cannot say: offices in time, who answers for whom, names of two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.pack import ActorKind, SideKind
from truceline.model.problem import Problem, Severity
from truceline.terms.calendar import day, mission_zone
from truceline.terms.check import complaint
from truceline.terms.pack_draft import items, listed, mapping, members, under, word
from truceline.terms.pack_shapes import NAME_KEYS
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.terms.pack_draft import Draft, StateRow
    from truceline.terms.tree import Node

_PAIR = 2
_EVERY = "en"  # names of this language are looked for in texts of every language
_SIDE_NAMES = ("state", "people", "capital", "mt_variants")


def sense(draft: Draft) -> Iterator[Problem]:
    """Give every problem of a pack, and of those it uses, that its shape does not show."""
    kinds = {row.cells["id"]: SideKind.OUTSIDER.value for row in draft.states}
    for _, root in draft.roots:
        kinds.update((word(side, "id"), word(side, "kind")) for side in listed(root, "sides"))
    for shown, root in draft.roots:
        yield from _zone(shown, root)
        yield from _opponents(shown, root)
        for side in listed(root, "sides"):
            yield from _bound(shown, side, kinds)
        for actor in listed(root, "actors"):
            yield from _actor(shown, actor)
    yield from _shared_names(draft)


def _zone(shown: str, root: Node) -> Iterator[Problem]:
    zone = under(root, "zone")
    clock = under(zone, "clock") if zone is not None else None
    if clock is None or not isinstance(clock.value, str):
        return
    try:
        mission_zone(clock.value)
    except MissionError as error:
        yield complaint(shown, clock, error.message, error.advice)


def _opponents(shown: str, root: Node) -> Iterator[Problem]:
    for pair in listed(root, "opponents"):
        sides = members(pair)
        if len(sides) > _PAIR or (len(sides) == _PAIR and sides[0] == sides[1]):
            message = f"{', '.join(sides)} found, two different sides expected"
            yield complaint(shown, pair, message, "write one pair a line, such as - [AA, BB]")


def _bound(shown: str, side: Node, kinds: dict[str, str]) -> Iterator[Problem]:
    """Complain of a force without the party that it is bound through."""
    kind, bound = word(side, "kind"), word(side, "bound_through")
    if (kind == SideKind.FORCE) != bool(bound):
        message = "a force needs bound_through, and nothing else may have it"
        yield complaint(shown, side, message, "name the party that answers for the force")
    elif bound and kinds.get(bound, SideKind.PARTY) != SideKind.PARTY:
        found = under(side, "bound_through") or side
        message = f"{bound!r} is no party, and only a party answers for a force"
        yield complaint(shown, found, message, "name a side of kind party")


def _actor(shown: str, actor: Node) -> Iterator[Problem]:
    if not any(mapping(actor, key) for key in NAME_KEYS):
        yield complaint(shown, actor, "an actor without a name", "give it `names`")
    offices = listed(actor, "offices")
    if offices and word(actor, "kind") not in {"", ActorKind.PERSON}:
        advice = "give the actor a `side`, or make it a person"
        yield complaint(shown, offices[0], "only a person holds an office", advice)
    if offices and (own := under(actor, "side")) is not None:
        message = "a person's side follows from the offices, so `side` beside them would not count"
        yield complaint(shown, own, message, "take it out, and give each office its `side`")
    terms = []
    for office in offices:
        term, problems = _term(shown, office)
        yield from problems
        terms.extend([term] if term is not None else [])
    yield from _overlaps(shown, terms)


@dataclass(frozen=True, slots=True)
class _Term:
    """The days of an office, both included, and the tree it was read from."""

    node: Node
    since: date
    until: date


def _term(shown: str, office: Node) -> tuple[_Term | None, list[Problem]]:
    """Give the days of an office; None and the problems where they are none."""
    days, problems = [], []
    for key, other in (("since", date.min), ("until", date.max)):
        found = under(office, key)
        try:
            days.append(day(found.value) if found and isinstance(found.value, str) else other)
        except MissionError as error:
            problems.append(complaint(shown, found or office, error.message, error.advice))
    if problems:
        return None, problems
    since, until = days
    if until < since:
        message = f"the office ends on {until}, before it begins on {since}"
        advice = "correct one of the two days; leave `until` out for an office still held"
        return None, [complaint(shown, under(office, "until") or office, message, advice)]
    return _Term(office, since, until), []


def _overlaps(shown: str, terms: list[_Term]) -> Iterator[Problem]:
    """Complain of two offices of one person at once: only the first of them would count."""
    for first, second in combinations(terms, 2):
        if first.since <= second.until and second.since <= first.until:
            both = max(first.since, second.since)
            message = (
                f"two offices at once: the one in line {first.node.line} is also held on {both}"
            )
            advice = "let `until` of the earlier office be the day before `since` of the later one"
            yield complaint(shown, second.node, message, advice)


@dataclass(frozen=True, slots=True)
class _Named:
    """A written name of a side, and where it stands."""

    side: str
    language: str
    text: str
    file: str
    row: int
    field: str | None


def _shared_names(draft: Draft) -> Iterator[Problem]:
    """Complain of a name that two sides share: whom it means would be a guess."""
    seen: dict[str, list[_Named]] = {}
    for name in _named(draft):
        known = seen.setdefault(fold(name.text), [])
        for other in known:
            together = name.language == other.language or _EVERY in {name.language, other.language}
            if other.side != name.side and together:
                message = f"{name.text!r} names the side {name.side}, and {other.side} as well"
                advice = f"keep it for one of them; the other is in {other.file}, row {other.row}"
                yield Problem(severity=Severity.ERROR, file=name.file, row=name.row,
                              field=name.field, message=message, advice=advice)  # fmt: skip
                break
        known.append(name)


def _named(draft: Draft) -> Iterator[_Named]:
    """Give the names of all sides; of an id that is defined again only the last definition's."""
    last: dict[str, int] = {}
    for number, (_, root) in enumerate(draft.roots):
        last.update((word(side, "id"), number) for side in listed(root, "sides"))
    for row in draft.states:
        if row.cells["id"] not in last:
            yield from _tabled(row)
    for number, (shown, root) in enumerate(draft.roots):
        mine = [s for s in listed(root, "sides") if last[word(s, "id")] == number]
        for side, key in product(mine, _SIDE_NAMES):
            yield from _written(shown, side, key)


def _tabled(row: StateRow) -> Iterator[_Named]:
    for column in ("state", "people", "capital"):
        for text in filter(None, map(str.strip, row.cells[column].split(";"))):
            yield _Named(row.cells["id"], row.cells["language"], text, row.file, row.row, column)


def _written(shown: str, side: Node, key: str) -> Iterator[_Named]:
    found = under(side, key)
    for language, names in items(found) if found is not None else ():
        for node in names.value if isinstance(names.value, list) else ():
            if isinstance(node.value, str):
                yield _Named(word(side, "id"), language, node.value, shown, node.line, node.path)
