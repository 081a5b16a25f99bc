"""A mention of somebody: which tokens, how it is named, and whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.model.pack import ActorKind

# What a mention is, seen from grammar.
STATE, PEOPLE, CAPITAL, FORCES, POSITIONS, TERRITORY, VOICE, PAIR = (
    "state",
    "people",
    "capital",
    "forces",
    "positions",
    "territory",
    "voice",
    "pair",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of somebody at tokens `i` up to `j`: ids and sides, how it is named, what role it has."""

    i: int
    j: int
    form: str
    ids: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    role: str | None = None
    kind: ActorKind | None = None
    flags: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()

    @property
    def speaks(self) -> bool:
        """Answer whether it can be a speaker: ground and positions cannot."""
        return self.form not in {POSITIONS, TERRITORY, PEOPLE}

    @property
    def acts(self) -> bool:
        """Answer whether it can do something."""
        return self.form not in {POSITIONS, TERRITORY, PEOPLE} and self.kind is not ActorKind.OUTLET
