"""How an incident stands and why: occurrence and attribution, kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from truceline.model.incident import Reason


class Occurrence(StrEnum):
    """Whether it happened."""

    UNASSESSED = "unassessed"
    UNSUBSTANTIATED = "unsubstantiated"
    PLAUSIBLE = "plausible"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    CANNOT_BE_DETERMINED = "cannot_be_determined"


# From the least to the most that the evidence alone can give.
LADDER = (
    Occurrence.UNASSESSED, Occurrence.UNSUBSTANTIATED, Occurrence.PLAUSIBLE,
    Occurrence.CORROBORATED, Occurrence.CONFIRMED,
)  # fmt: skip


class TableRow(StrEnum):
    """The rows of the table of occurrences, in the order in which the first of a status is named."""

    ADMITTED = "admitted"
    MONITORS_LOOKED = "monitors_looked"
    LOOKED_AND_SECONDED = "looked_and_seconded"
    EXAMINED_TWICE = "examined_twice"
    TWO_ORIGINS = "two_origins"
    LOOKED_ONCE = "looked_once"
    EXAMINED_ONCE = "examined_once"
    ADMITTED_WITH_A_HEDGE = "admitted_with_a_hedge"
    VOUCHED_FOR = "vouched_for"
    MIRRORED = "mirrored"
    INTERESTED_ONLY = "interested_only"
    TAKEN_BACK = "taken_back"
    NOBODY = "nobody"


# What each row gives; a mission may say less, never more.
GIVES: Mapping[TableRow, Occurrence] = {
    TableRow.ADMITTED: Occurrence.CONFIRMED,
    TableRow.MONITORS_LOOKED: Occurrence.CONFIRMED,
    TableRow.LOOKED_AND_SECONDED: Occurrence.CONFIRMED,
    TableRow.EXAMINED_TWICE: Occurrence.CONFIRMED,
    TableRow.TWO_ORIGINS: Occurrence.CORROBORATED,
    TableRow.LOOKED_ONCE: Occurrence.CORROBORATED,
    TableRow.EXAMINED_ONCE: Occurrence.CORROBORATED,
    TableRow.ADMITTED_WITH_A_HEDGE: Occurrence.CORROBORATED,
    TableRow.VOUCHED_FOR: Occurrence.PLAUSIBLE,
    TableRow.MIRRORED: Occurrence.PLAUSIBLE,
    TableRow.INTERESTED_ONLY: Occurrence.UNSUBSTANTIATED,
    TableRow.TAKEN_BACK: Occurrence.UNSUBSTANTIATED,
    TableRow.NOBODY: Occurrence.UNASSESSED,
}


class Ground(StrEnum):
    """What an origin's word rests on, from the least to the most.

    A speaker nobody knows; one with an interest; a body without an interest that does not say how it knows,
    that looked from afar or let in by nobody known, that examined material, that looked at the place itself
    with access of its own; monitors of the mission or named by the agreement that perceived it.
    """

    UNKNOWN = "unknown"
    INTERESTED = "interested"
    VOUCHES = "vouches"
    GLANCED = "glanced"
    EXAMINED = "examined"
    LOOKED = "looked"
    MONITORED = "monitored"


class AttributionState(StrEnum):
    """Who did it, as far as the mandate lets the mission say."""

    WITHHELD_BY_MANDATE = "withheld_by_mandate"
    UNDETERMINED = "undetermined"
    CONTESTED = "contested"
    INDICATED = "indicated"
    ASSESSED = "assessed"
    DETERMINED = "determined"
    ACKNOWLEDGED_BY_PARTY = "acknowledged_by_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A separate finding on responsibility; `party` is set only where the state names one."""

    state: AttributionState
    party: str | None
    likelihood: str | None
    confidence: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin: the claims that trace to it are counted once.

    `joined` says why several speakers are one: their house, a shared spokesperson or material, copied words.
    """

    id: str
    label: str
    ground: Ground
    claims: tuple[str, ...]
    outlets: int
    joined: tuple[str, ...] = ()

    @property
    def interested(self) -> bool:
        """Answer whether it has an interest, or nobody can say that it has none."""
        return self.ground in {Ground.UNKNOWN, Ground.INTERESTED}

    @property
    def on_site(self) -> bool:
        """Answer whether it looked at the place itself with access of its own."""
        return self.ground in {Ground.LOOKED, Ground.MONITORED}


class CasualtyRule(StrEnum):
    """How the best figure of persons harmed is found among sources that differ.

    None is given; that of the best-placed source without an interest; that of most sources.
    """

    RANGE = "range"
    HIERARCHY = "hierarchy"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigure:
    """What one source states of persons harmed, as of a publication; None where an end is open."""

    low: int | None
    high: int | None
    as_of: datetime
    ground: Ground
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Persons killed or injured in one incident, by status: lowest, best and highest of what sources state last.

    `stated` holds every version, source by source; `best` is None where the rule gives none, `high` where an end
    is open. Estimates of linked incidents are never added up.
    """

    measure: str
    status: str
    low: int | None
    best: int | None
    high: int | None
    as_of: datetime
    rule: CasualtyRule
    stated: tuple[StatedFigure, ...]


class ReleaseState(StrEnum):
    """Whether a finding may leave the mission as it stands."""

    NOT_NEEDED = "not_needed"
    AWAITING_TWO_PEOPLE = "awaiting_two_people"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What of a finding may leave the mission: `confirmed` and a party's name only by two people's decision.

    `occurrence` and `party` are what may leave today; `awaits` names the fields held back.
    """

    state: ReleaseState
    occurrence: Occurrence
    party: str | None
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What would change a finding: one origin more or less, in words, and the status it would give."""

    words: str
    gives: Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Occurrence and attribution of one incident: the row of the table that applied, and why.

    `strength` orders findings and measures nothing; `contradicted` is a mark beside the status; `changes` are
    the smallest origins more or less that would give another. `to_check` are claims that only a machine read
    and that would lift the finding if people checked them. `release` says what of it may leave the mission.
    `proposed` is what only people may say, proposed to them: refuted, or that it cannot be determined.
    """

    incident: str
    occurrence: Occurrence
    contradicted: bool
    row: TableRow
    strength: int
    origins: tuple[Origin, ...]
    reasons: tuple[Reason, ...]
    changes: tuple[Alternative, ...]
    attribution: Attribution
    assessed: Occurrence
    decision: str | None
    method: str
    release: Release
    proposed: Occurrence | None = None
    casualties: tuple[Estimate, ...] = ()
    to_check: tuple[str, ...] = ()
