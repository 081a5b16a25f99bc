"""What a finding means for a provision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from truceline.model.coverage import CoverageVerdict, Deficit
    from truceline.model.finding import Occurrence
    from truceline.model.place_time import Answer


class ClassificationState(StrEnum):
    """Whether it breaches a provision."""

    NO_VIOLATION = "no_violation"
    PERMITTED_BY_EXCEPTION = "permitted_by_exception"
    EXCEPTION_CLAIMED = "exception_claimed"
    MINOR_VIOLATION = "minor_violation"
    SERIOUS_VIOLATION = "serious_violation"
    NOT_ASSESSABLE = "not_assessable"
    OUTSIDE_SCOPE = "outside_scope"


POSITIVE = frozenset({ClassificationState.MINOR_VIOLATION, ClassificationState.SERIOUS_VIOLATION})


class ObligationState(StrEnum):
    """How an obligation stands."""

    NOT_DUE = "not_due"
    IN_PROGRESS = "in_progress"
    MET = "met"
    MET_LATE = "met_late"
    PARTLY_MET = "partly_met"
    OVERDUE = "overdue"
    DISPUTED = "disputed"
    WAIVED_OR_AMENDED = "waived_or_amended"
    NO_DUE_DATE = "no_due_date"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceAnswer:
    """Whether the agreement was in force at that instant, under one reading of its entry into force."""

    agreement: str
    reading: str
    in_force: Answer
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Which agreement an incident falls under: one id, or None with the rival answers; `beside` are those it keeps alive."""

    incident: str
    agreement: str | None
    candidates: tuple[str, ...]
    beside: tuple[str, ...]
    after_entry: Answer
    answers: tuple[ForceAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """Provision x incident: the classification, with its reasons in plain sentences."""

    provision: str
    incident: str
    classification: ClassificationState
    after_entry: Answer
    answers: tuple[ForceAnswer, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Incidents of one day by occurrence; an engagement counts once."""

    occurrence: Occurrence
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Incidents of one day at the mandate's level, by what they are under the provision; an engagement counts once."""

    classification: ClassificationState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Provision x zone x mission day: the coverage verdict, beside what was merely said.

    `zone` is None where the provision names none. `effective_fraction` is the share of zone and day that somebody could
    see of these acts, `hours` that share in hours, and `deficits` book the rest to who or what caused it. `tallies` count what may have been done by those it binds, by
    occurrence; `recorded` what of it reaches the mandate's level, by classification; `uncertain` what reaches it and
    may have been on another day, in another zone or, as alleged, by a side that is not bound.
    """

    provision: str
    zone: str | None
    day: date
    standing: CoverageVerdict
    effective_fraction: float
    hours: float
    deficits: tuple[Deficit, ...]
    counting_rule: str
    tallies: tuple[Tally, ...]
    recorded: tuple[Recorded, ...]
    uncertain: int
    contested: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStanding:
    """An obligation or undertaking: its state and the claims that speak about it."""

    provision: str
    tracked_only: bool
    state: ObligationState
    claims: tuple[str, ...]
    sentence: str


Judgement = Classification | Standing | ObligationStanding
