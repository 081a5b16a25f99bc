"""Which columns does a table of evidence have, and which words may stand in them in this mission? `columns.csv`, filled with the mission's own words.

A word list that begins with `@` is the mission's; the others stand in the file. The sheets are those that the reader `workbook` takes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.arms import Weapon
from truceline.model.coverage import EVERYWHERE, Loss, RestrictionClass
from truceline.model.deed import Extent, Progress, Unit
from truceline.terms.acts import acts_of, kind_words
from truceline.terms.deeds import owed
from truceline.terms.named_areas import zones_of
from truceline.terms.observability import channels
from truceline.terms.provenance import ACCESSES, BASES, CHANNELS, EXCEPTIONS
from truceline.terms.watched import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truceline.model.mission import Mission

FILE = "columns.csv"
_NOBODY = "SIDE"
_OF_ALL_SIDES = ("JOINT", "MIXED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A column to fill: what it holds, the words that may stand in it (none: free), and whether several may, with `;` between."""

    name: str
    about: str
    words: tuple[str, ...]
    several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table to fill, by the name of its sheet."""

    name: str
    columns: tuple[Blank, ...]


def template(mission: Mission) -> tuple[Sheet, ...]:
    """Give the tables of evidence with the words of a mission."""
    words = _words(mission)
    text = (files("truceline.collect") / FILE).read_text(encoding="utf-8")
    sheets: dict[str, list[Blank]] = {}
    for row in csv.DictReader(text.splitlines()):
        listed = row["words"]
        own = (
            words[listed[1:]] if listed.startswith("@") else tuple(filter(None, listed.split("|")))
        )
        sheets.setdefault(row["table"], []).append(
            Blank(
                name=row["column"], about=row["about"], words=own, several=row["several"] == "yes"
            )
        )
    return tuple(Sheet(name=name, columns=tuple(found)) for name, found in sheets.items())


def _words(mission: Mission) -> Mapping[str, tuple[str, ...]]:
    sides = tuple(sorted({*mission.side_ids, *mission.outsiders}))
    return {
        "languages": tuple(sorted(mission.languages)),
        "sources": tuple(sorted(s.name for s in mission.sources)),
        "sides": sides,
        "speakers": (*sides, *sorted(mission.third_party_classes), *_OF_ALL_SIDES),
        "kinds": tuple(sorted(kind_words())),
        "acts": tuple(sorted(a.value for a in Act if acts_of(a.value) == (a,))),
        "places": tuple(sorted({p.name for p in mission.gazetteer})),
        "bases": BASES,
        "accesses": tuple(
            access.replace(_NOBODY, side)
            for access in ACCESSES
            for side in (mission.party_ids if _NOBODY in access else ("",))
        ),
        "owners": CHANNELS,
        "exceptions": EXCEPTIONS,
        "progress": tuple(p.value for p in Progress),
        "units": tuple(u.value for u in Unit),
        "extents": tuple(e.value for e in Extent),
        "duties": tuple(sorted(owed(mission))),
        "weapons": tuple(w.value for w in Weapon),
        "areas": (EVERYWHERE, *sorted({*zones_of(mission), *(p.id for p in mission.gazetteer)})),
        "channels": channels(),
        "losses": tuple(loss.value for loss in Loss),
        "restrictions": tuple(c.value for c in RestrictionClass),
        "restrainers": (UNKNOWN, *sides),
    }
