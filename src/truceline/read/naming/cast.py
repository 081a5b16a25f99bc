"""Who takes part: a pack's sides and actors with the offices they held on the day of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.pack import SideKind
from truceline.read.naming.alike import likest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from truceline.model.pack import Office, Pack, PackActor, Side


@dataclass(frozen=True, slots=True)
class Cast:
    """The pack's sides and actors by id, for the day of a text; `parties` in alphabetical order.

    `pairs` are the parties that face each other.
    """

    sides: Mapping[str, Side]
    actors: Mapping[str, PackActor]
    day: date | None
    parties: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pack: Pack, day: date | None) -> Cast:
        """Make the cast of a pack on a day."""
        parties = tuple(sorted(s.id for s in pack.sides if s.kind is SideKind.PARTY))
        sides = {s.id: s for s in pack.sides}
        pairs = tuple((_camp(a, sides), _camp(b, sides)) for a, b in pack.opponents)
        return cls(sides, {a.id: a for a in pack.actors}, day, parties, pairs)

    def opponents(self, of: Iterable[str]) -> tuple[str, ...]:
        """Give the one party that faces these sides; none where they have several opponents or none."""
        own = {_camp(side, self.sides) for side in of} & set(self.parties)
        facing = {b for pair in self.pairs for a, b in (pair, pair[::-1]) if a in own} - own
        if not self.pairs and own:
            facing = set(self.parties) - own
        return tuple(facing) if len(facing) == 1 else ()

    def holder(self, side: str, role: str) -> tuple[str, ...]:
        """Give the one actor known to hold a role of a side on the day, none when there are several."""
        found = [
            actor.id
            for actor, office in self._in_office()
            if office.role == role and office.side == side
        ]
        return tuple(found) if len(found) == 1 and role != "spokesperson" else ()

    def alike(self, name: str, *, side: str = "", role: str = "") -> PackActor | None:
        """Find the person of a side or an office whose name words misspell, None where none is sure."""
        fitting = (
            a for a, office in self._in_office() if office.side == side or office.role == role
        )
        return likest(name, fitting)

    def _in_office(self) -> Iterator[tuple[PackActor, Office]]:
        for actor in self.actors.values():
            office = actor.office_on(self.day)
            if office is not None:
                yield actor, office


def party_of(side: str, cast: Cast) -> str:
    """Give the party whose interest a side shares: itself, or the one a force is bound through."""
    return _camp(side, cast.sides)


def _camp(side: str, sides: Mapping[str, Side]) -> str:
    known = sides.get(side)
    return known.bound_through if known is not None and known.bound_through else side


def is_party(side: str, cast: Cast) -> bool:
    """Answer whether a side is a party to the conflict, or a force bound through one."""
    known = cast.sides.get(side)
    return known is not None and known.kind is not SideKind.OUTSIDER
