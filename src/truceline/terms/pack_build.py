"""A checked data pack to its nouns: sides, actors with their offices, places and words."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.pack import (
    ActorKind,
    Alias,
    AliasKind,
    Lexicon,
    Office,
    Pack,
    PackActor,
    Side,
    SideKind,
)
from truceline.terms.calendar import day, mission_zone
from truceline.terms.pack_draft import items, listed, mapping, members, under, word
from truceline.terms.pack_shapes import CLASSES, NAME_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, tzinfo

    from truceline.model.place_time import GazetteerEntry
    from truceline.terms.pack_draft import Draft, StateRow
    from truceline.terms.tree import Node

_VERSION_LENGTH = 16


def built(draft: Draft) -> Pack:
    """Build a pack from a draft without problems; what comes later replaces what it uses."""
    _, own = draft.roots[-1]
    zone, rule = _zone(own)
    sides = {side.id: side for side in state_sides(draft.states)}
    actors: dict[str, PackActor] = {}
    opponents: list[tuple[str, str]] = []
    kinds: dict[str, AliasKind] = {}
    places = {place.id: place for place in draft.places}
    for _, root in draft.roots:
        sides.update((found.id, found) for found in map(side, listed(root, "sides")))
        actors.update((found.id, found) for found in map(_actor, listed(root, "actors")))
        pairs = [members(pair) for pair in listed(root, "opponents")]
        opponents.extend((pair[0], pair[1]) for pair in pairs)
        _place_names(root, places, kinds)
    return Pack(
        id=word(own, "id"), title=word(own, "title"), version=_version(draft.digests),
        zone=zone, zone_rule=rule,
        sides=tuple(sides[name] for name in sorted(sides)),
        opponents=tuple(sorted(opponents)),
        actors=tuple(actors[name] for name in sorted(actors)),
        places=tuple(places[name] for name in sorted(places)), place_kinds=kinds,
        lexicons=_lexicons(draft),
    )  # fmt: skip


def _version(digests: Iterable[str]) -> str:
    """Give the digest of the sorted lines `file sha256` of every file that was read."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()[:_VERSION_LENGTH]


def _zone(root: Node) -> tuple[tzinfo | None, str]:
    zone = under(root, "zone")
    if zone is None:
        return None, "no zone is known"
    return mission_zone(word(zone, "clock")), word(zone, "rule")


def state_sides(rows: Iterable[StateRow]) -> Iterator[Side]:
    """Give the outside states of a table, each with the names of all of its rows."""
    by_id: dict[str, list[StateRow]] = {}
    for row in rows:
        by_id.setdefault(row.cells["id"], []).append(row)
    for name, mine in by_id.items():
        yield Side(
            id=name, kind=SideKind.OUTSIDER, bound_through=None,
            state=_cells(mine, "state"), people=_cells(mine, "people"),
            capital=_cells(mine, "capital"),
        )  # fmt: skip


def _cells(rows: Iterable[StateRow], column: str) -> tuple[Alias, ...]:
    return tuple(
        Alias(text=text.strip(), language=row.cells["language"], kind=AliasKind.OFFICIAL)
        for row in rows
        for text in row.cells[column].split(";")
        if text.strip()
    )


def side(node: Node) -> Side:
    """Build a side."""
    variants = _aliases(node, "mt_variants", AliasKind.MT_VARIANT)
    return Side(
        id=word(node, "id"), kind=SideKind(word(node, "kind")),
        bound_through=word(node, "bound_through") or None,
        state=(*_aliases(node, "state"), *variants), people=_aliases(node, "people"),
        capital=_aliases(node, "capital"),
    )  # fmt: skip


def _actor(node: Node) -> PackActor:
    return PackActor(
        id=word(node, "id"), kind=ActorKind(word(node, "kind")),
        side=word(node, "side") or None,
        offices=tuple(
            Office(
                role=word(office, "role"), side=word(office, "side") or None,
                since=_day(office, "since"), until=_day(office, "until"),
            )
            for office in listed(node, "offices")
        ),
        aliases=tuple(a for key, kind in NAME_KEYS.items() for a in _aliases(node, key, kind)),
    )  # fmt: skip


def _place_names(
    root: Node, places: dict[str, GazetteerEntry], kinds: dict[str, AliasKind]
) -> None:
    """Add further names to places; the kind of a name that is not official is kept."""
    for node in listed(root, "place_names"):
        place = places[word(node, "place")]
        for key, kind in NAME_KEYS.items():
            names = tuple(alias.text for alias in _aliases(node, key, kind))
            kinds.update(dict.fromkeys(names, kind))
            place = replace(place, aliases=tuple(dict.fromkeys((*place.aliases, *names))))
        places[place.id] = place


def _lexicons(draft: Draft) -> dict[str, Lexicon]:
    """Give the words of each language, those of the language's own file first."""
    found = {}
    for language, root in sorted(draft.lexicons.items()):
        classes: dict[str, dict[str, tuple[str, ...]]] = {}
        trees = [root, *(
            own for _, pack in draft.roots if (own := mapping(pack, "lexicon").get(language))
        )]  # fmt: skip
        for tree in trees:
            for name, keys in (pair for pair in items(tree) if pair[0] in CLASSES):
                mine = classes.setdefault(name, {})
                for key, phrases in items(keys):
                    mine[key] = (*mine.get(key, ()), *members(phrases))
        found[language] = Lexicon(language=language, lemmas=word(root, "lemmas"), classes=classes)
    return found


def _aliases(node: Node, key: str, kind: AliasKind = AliasKind.OFFICIAL) -> tuple[Alias, ...]:
    return tuple(
        Alias(text=text, language=language, kind=kind)
        for language, names in mapping(node, key).items()
        for text in members(names)
    )


def _day(node: Node, key: str) -> date | None:
    return day(word(node, key)) if word(node, key) else None
