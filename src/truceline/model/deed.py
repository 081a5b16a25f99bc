"""What a claim says of carrying out an obligation: how far it is, and how much of what went from whom to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


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


class PersonStatus(StrEnum):
    """How a person on a list stands by its keeper."""

    HELD = "held"
    MISSING = "missing"
    FOUND = "found"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPerson:
    """A person on somebody's list, known here by a seal alone; sides are None where the list does not say."""

    seal: str
    unit: Unit
    status: PersonStatus
    giver: str | None
    recipient: str | None
    stated_by: str
    day: date
    reported: datetime


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
    """What a claim says of a deed: how far it is, of what, and how many; a quantity always has its unit.

    `provisions` are the obligations or undertakings that it speaks of alone (`AGREEMENT/PROVISION`), none where the
    act tells which; they never widen what an act bears on.
    """

    progress: Progress | None = None
    unit: Unit | None = None
    quantity: Quantity | None = None
    provisions: tuple[str, ...] = ()
