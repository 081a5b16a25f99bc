"""Who did something to whom, as far as it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.read.naming.actor import (
    FORCES,
    PEOPLE,
    Actor,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Doing:
    """Sides that acted and sides acted upon, the words for them, and the rules that found them."""

    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    rules: tuple[str, ...] = ()
    mutual: bool = False


def first_kind(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Keep the actors of the first finding: a later act word of the clause rarely has another."""
    if not actors:
        return ()
    first = actors[0]
    kept = [first]
    for actor in actors[1:]:
        if set(actor.sides) <= {s for a in kept for s in a.sides}:
            continue
        if first.form == PEOPLE and actor.form == FORCES:
            kept = [actor]
    return distinct(kept)


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Give each actor once, in order."""
    return tuple(dict.fromkeys(actors))
