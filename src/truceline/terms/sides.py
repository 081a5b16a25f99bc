"""Which sides a free text names, by the names that the mission gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.model.agreement import Obligation
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from truceline.model.mission import AssociatedForce, Mission, Party

# Shorter names are matched as whole words only: no word begins with `AM` because of Armenia.
_SHORTEST_STEM = 5
KEPT_BACK = "(these words name a side; they stay in the mission's ledger)"


def sides_named(text: str, mission: Mission) -> tuple[str, ...]:
    """Give the sides that a text names by a name, an alias or a word made of one (`Xlandish` of Xland).

    A name that is a place of the gazetteer as well names the place.
    """
    words = re.findall(r"[^\W_]+", text)
    said = f" {' '.join(fold(word) for word in words)} "
    places = {fold(n) for entry in mission.gazetteer for n in (entry.name, *entry.aliases)}
    found = {side for side, name in _names(mission) if name not in places and _stands(name, said)}
    # An id is matched as it is written: `AM` is a side, `am` is a word.
    return tuple(sorted(found | (set(words) & set(mission.side_ids))))


def outward(text: str, mission: Mission, named: Collection[str] = ()) -> str:
    """Give a person's words as they may leave the mission: not where they name a side that is not `named`."""
    if mission.withholds and set(sides_named(text, mission)) - set(named):
        return KEPT_BACK
    return text


def bound_by(provision: str | None, mission: Mission) -> frozenset[str]:
    """Give the sides that an obligation (`AGREEMENT/PROVISION`) is owed by and the parties to its agreement: its own text names them."""
    for agreement in mission.agreements:
        for found in agreement.provisions:
            if provision == f"{agreement.id}/{found.id}" and isinstance(found, Obligation):
                return frozenset({*found.debtors, *agreement.parties})
    return frozenset()


def _names(mission: Mission) -> Iterator[tuple[str, str]]:
    members: list[Party | AssociatedForce] = [*mission.parties, *mission.forces]
    for member in members:
        for name in (*dict(member.names).values(), *member.aliases):
            yield member.id, fold(name)


def _stands(name: str, said: str) -> bool:
    end = "" if len(name) >= _SHORTEST_STEM and " " not in name else " "
    return f" {name}{end}" in said
