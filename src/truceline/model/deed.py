"""What a claim says of carrying out an obligation: how far it is, and how much of what went from whom to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Progress(StrEnum):
    """How far a deed is, as somebody says; `offered` and `refused` are words about the will, not about the deed."""

    OFFERED = "offered"
    BEGUN = "begun"
    PARTLY_DONE = "partly_done"
    DONE = "done"
    NOT_DONE = "not_done"
    REFUSED = "refused"


class Unit(StrEnum):
    """What is counted of a deed; quantities of different units are never added."""

    PRISONERS = "prisoners"
    REMAINS = "remains"
    MISSING = "missing"
    PERSONS = "persons"
    SOLDIERS = "soldiers"
    POSITIONS = "positions"
    VILLAGES = "villages"
    VEHICLES = "vehicles"
    WEAPONS = "weapons"
    CONVOYS = "convoys"
    TRUCKS = "trucks"
    LISTS = "lists"
    MAPS = "maps"


# Of persons only counts are kept; who they are stays with the intermediary.
PERSONAL = frozenset({Unit.PRISONERS, Unit.REMAINS, Unit.MISSING})


class Extent(StrEnum):
    """Whether a quantity is of one handover or of all so far."""

    THIS_TIME = "this_time"
    SO_FAR = "so_far"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many, of this handover or so far; `recipient` is the side that got them, None where nobody says."""

    value: int
    extent: Extent
    recipient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a claim says of a deed: how far it is, of what, and how many; a quantity always has its unit."""

    progress: Progress | None = None
    unit: Unit | None = None
    quantity: Quantity | None = None
