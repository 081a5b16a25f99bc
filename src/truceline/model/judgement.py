"""What a finding means for a provision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from truceline.model.coverage import Barred, CoverageVerdict, Deficit
    from truceline.model.deed import Extent, PersonStatus, Progress, Unit
    from truceline.model.finding import Occurrence
    from truceline.model.place_time import Answer
    from truceline.model.provenance import Basis


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
    DUE = "due"
    PARTLY_FULFILLED = "partly_fulfilled"
    FULFILLED = "fulfilled"
    OVERDUE = "overdue"
    DISPUTED = "disputed"
    WAIVED_OR_AMENDED = "waived_or_amended"
    NO_DUE_DATE = "no_due_date"
    NOT_ASSESSABLE = "not_assessable"


class Role(StrEnum):
    """In what role somebody speaks of an obligation: who owes it, who is owed, who goes between, who is none of these."""

    DEBTOR = "debtor"
    CREDITOR = "creditor"
    INTERMEDIARY = "intermediary"
    INDEPENDENT = "independent"
    MEDIATOR = "mediator"
    PRESS = "press"


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
    see of these acts, `hours` that share in hours, and `deficits` book the rest to who or what caused it. `tallies`
    count what may have been done by those it binds, by occurrence; `recorded` what of it reaches the mandate's level, by
    classification; `uncertain` what reaches it and may have been on another day, in another zone or, as alleged, by a side
    that is not bound.
    `restrictions` are there where the provision is about the monitors' freedom to move; `counted` names the tallies of monitors
    of which something may have fallen there and then.
    """

    provision: str
    day: date
    standing: CoverageVerdict
    effective_fraction: float
    counting_rule: str
    tallies: tuple[Tally, ...]
    contested: int
    sentence: str
    zone: str | None = None
    hours: float = 0.0
    deficits: tuple[Deficit, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    uncertain: int = 0
    restrictions: tuple[Barred, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The last word of one voice (a source or side; nobody else is named) on how far a deed is, and how it knows.

    `debtors` are those of whose part it speaks, `at` is when the deed was there, `published` when it was said.
    """

    role: Role
    who: str
    debtors: tuple[str, ...]
    progress: Progress
    basis: Basis
    claim: str
    at: datetime
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One teller's count: all so far as last stated, or summed from `handovers` on different days; never of two tellers."""

    by: str
    value: int
    extent: Extent
    handovers: int
    as_of: datetime
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What went from a giver to a recipient (None: nobody says), in every teller's count; `difference` is between them."""

    unit: Unit
    giver: str | None
    recipient: str | None
    counts: tuple[Count, ...]
    difference: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonList:
    """Persons on sealed lists in one status: how many by each keeper, and how many stand on every keeper's list.

    `on_all` is None where one keeper alone has such a list.
    """

    unit: Unit
    status: PersonStatus
    giver: str | None
    recipient: str | None
    counts: tuple[tuple[str, int], ...]
    on_all: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """A period of a quota: what is owed in it, each teller's count (a party, or a role), and whether it is over."""

    start: datetime
    end: datetime
    owed: int
    over: bool
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsOf:
    """What a force acknowledged that somebody has to prevent, by what it is under the agreement; an engagement counts once."""

    force: str
    classification: ClassificationState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStanding:
    """An obligation or undertaking: its state, who says what of it, and the claims that speak about it.

    `amended`: its due date was moved. `since`: from when it is fulfilled, `late`: after its due date. `decision` is
    the ruling that the state follows, where people decided. `periods`, `restrictions` and `acts` are there for a quota,
    the monitors' freedom to move, and a duty to prevent others.
    """

    provision: str
    tracked_only: bool
    state: ObligationState
    claims: tuple[str, ...]
    sentence: str
    amended: bool = False
    since: datetime | None = None
    late: bool = False
    positions: tuple[Position, ...] = ()
    accounts: tuple[Account, ...] = ()
    lists: tuple[PersonList, ...] = ()
    periods: tuple[PeriodCount, ...] = ()
    restrictions: tuple[Barred, ...] = ()
    acts: tuple[ActsOf, ...] = ()
    decision: str | None = None


WHOLE = "whole"


class Outcome(StrEnum):
    """How an agreement came out by one criterion."""

    HELD = "held"
    HELD_PARTLY = "held_partly"
    BROKEN = "broken"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The outcome by one criterion, None where the text asks nothing of the kind, and what it rests on."""

    outcome: Outcome | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementOutcome:
    """An agreement so far: `violence` by its prohibitions, `purpose` by its obligations; `provision` is `AGREEMENT/whole`."""

    provision: str
    violence: Criterion
    purpose: Criterion


Judgement = Classification | Standing | ObligationStanding | AgreementOutcome
