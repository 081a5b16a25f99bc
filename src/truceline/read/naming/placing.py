"""Place words to gazetteer entries; a name that fits several places keeps all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.place_time import Place, PlaceKind, enclosing
from truceline.text.names import fold, split_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.place_time import GazetteerEntry

_SETTLEMENTS = frozenset({"city", "town", "village", "settlement"})
_DISTRICTS = frozenset({"district", "rayon", "raion", "region", "province"})
_MAX_HULL_KM = 150.0


@dataclass(frozen=True)
class Gazetteer:
    """The places of a mission or of a data pack, found by folded name."""

    entries: tuple[GazetteerEntry, ...]

    @cached_property
    def by_name(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        """Every entry under each of its folded names."""
        found: dict[str, list[GazetteerEntry]] = {}
        for entry in sorted(self.entries, key=lambda e: e.id):
            for name in dict.fromkeys(fold(n) for n in (entry.name, *entry.aliases)):
                found.setdefault(name, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def places(self, text: str) -> tuple[tuple[Place, ...], tuple[str, ...]]:
        """Give the places that a `;` list names, and the words that could not be placed."""
        placed: dict[str, Place] = {}
        unplaced: list[str] = []
        for word in split_list(text):
            place = self.place(word)
            if place is None:
                unplaced.append(word)
            else:
                placed.setdefault(place.gazetteer_id or place.text, place)
        return tuple(placed.values()), tuple(unplaced)

    @cached_property
    def _by_id(self) -> dict[str, GazetteerEntry]:
        return {entry.id: entry for entry in self.entries}

    def known(self, place_id: str, word: str) -> Place | None:
        """Give the place of an id as a word names it, None where the id is not known."""
        entry = self._by_id.get(place_id)
        return _single(word, entry) if entry is not None else None

    def place(self, word: str) -> Place | None:
        """Give the place that one name names, None when none does or too many do."""
        entries = self._found(word)
        if not entries:
            return None
        if len(entries) == 1:
            return _single(word, entries[0])
        return _hull(word, entries)

    def _found(self, word: str) -> tuple[GazetteerEntry, ...]:
        if found := self.by_name.get(fold(word)):
            return found
        name, _, kind = word.rstrip().rpartition(" ")
        if name.strip() and kind.casefold() in _SETTLEMENTS:
            return self.by_name.get(fold(name), ())
        if name.strip() and kind.casefold() in _DISTRICTS:
            return self._districts(self.by_name.get(fold(name), ()))
        if word.rstrip().endswith(")") and "(" in word:
            outer, _, inner = word.rstrip()[:-1].rpartition("(")
            base = self.by_name.get(fold(outer), ())
            others = self.by_name.get(fold(inner), ())
            wanted = {e.id for e in others}
            return tuple(e for e in base if wanted & {e.id, *e.within}) or base
        if "/" in word:
            parts = [self.by_name.get(fold(part), ()) for part in word.split("/")]
            return tuple({e.id: e for entries in parts for e in entries}.values())
        return ()

    def _districts(self, entries: Sequence[GazetteerEntry]) -> tuple[GazetteerEntry, ...]:
        """Give the districts that places of a name lie in: "Alpha district" is where Alpha is."""
        ids = {wanted for entry in entries for wanted in (entry.id, *entry.within)}
        return tuple(
            entry for entry in self.entries if entry.id in ids and entry.kind is PlaceKind.DISTRICT
        )


def _single(word: str, entry: GazetteerEntry) -> Place:
    return Place(
        text=word,
        name=entry.name,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        kind=entry.kind,
        gazetteer_id=entry.id,
        within=entry.within,
    )


def _hull(word: str, entries: Sequence[GazetteerEntry]) -> Place | None:
    """Enclose several candidates in one circle; too wide a circle says nothing and is unresolved."""
    lat, lon, radius = enclosing(entries)
    if radius > _MAX_HULL_KM:
        return None
    return Place(
        text=word,
        name=" or ".join(sorted({entry.name for entry in entries})),
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=round(radius, 1),
        kind=PlaceKind.AREA,
        candidates=tuple(sorted(entry.id for entry in entries)),
    )
