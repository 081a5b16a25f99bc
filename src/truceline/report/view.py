"""Exactly what the report shows: one frozen tree, from which page, twin and summary are written.

Every value is text, a number, a flag, None, or a tuple of such; `report.json` is this tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.report.view_charts import Charts
    from truceline.report.view_claims import (
        Casualties,
        Denial,
        Disputed,
        EstimateView,
        IncidentView,
        Statements,
    )
    from truceline.report.view_front import Front
    from truceline.report.view_issue import IssueView
    from truceline.report.view_items import ItemView
    from truceline.report.view_map import MapView, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the report is, as of when, by which clock, and under which rules."""

    title: str
    edition: str
    edition_sentence: str
    mission: str
    mandate: str
    as_of: str
    as_of_local: str
    as_of_text: str
    clock: str
    clock_sentence: str
    zone: str
    zone_sentence: str
    mission_version: str
    method: str
    items_digest: str
    counting_rule: str
    counting_sentence: str
    name_policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One coverage record: who could see what, when, how far, and why no further."""

    area: str
    channel: str
    start: str
    end: str
    effective_fraction: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """One restriction: who kept the mission from looking, where and when, how, and what it left."""

    area: str
    channel: str
    start: str
    end: str
    kind: str
    by: str
    remaining: float
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the period anybody could observe, and to whom or what the rest is booked.

    `restricted` counts the restrictions on record, each once; what leaves the mission adds them up zone by zone.
    """

    sentence: str
    days: int
    days_not_observed: int
    days_partly_observed: int
    days_observed: int
    missing: str
    watched: tuple[str, ...]
    records: tuple[Watch, ...]
    restricted: int
    restrictions: tuple[Barred, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One reading of the entry into force, with its instant in mission time and UTC."""

    id: str
    text: str
    zone: str
    local: str
    utc: str
    held_by: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguityView:
    """What the text leaves open."""

    id: str
    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """An incident that one reading puts after entry into force and another does not."""

    incident: str
    number: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """What befell an agreement: when it was announced and by whom, what it touches, until or from when."""

    id: str
    kind: str
    text: str
    announced: str
    document: bool
    provisions: tuple[str, ...]
    readings: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement, how it stands and came out by the as-of, its rival readings and open points."""

    id: str
    title: str
    form: str
    in_force: str
    current: bool
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    guarantors: tuple[str, ...]
    renews: tuple[str, ...]
    replaces: tuple[str, ...]
    bodies: tuple[str, ...]
    readings: tuple[ReadingView, ...]
    announced: str | None
    events: tuple[EventView, ...]
    ambiguities: tuple[AmbiguityView, ...]
    between: tuple[Between, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A state and how many stand in it."""

    state: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The figures of the summary; `units` counts an engagement once.

    `unresolved` counts the claims of incidents in which a field could not be resolved.
    """

    claims: int
    incidents: int
    units: int
    contested: int
    contested_units: int
    engagements: int
    occurrence: tuple[Count, ...]
    attribution: tuple[Count, ...]
    unresolved: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """A class of who reports: a side by its letter, several sides, or others."""

    key: str
    letter: str
    label: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One mission day, or a week that begins with `day`: units by who reports them (in the order of `reporters`), and coverage."""

    day: str
    label: str
    reported: int
    by: tuple[int, ...]
    contested: int
    coverage: float
    coverage_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMark:
    """An entry into force on the daily chart: its place in bars from the first one."""

    agreement: str
    reading: str
    label: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """The counts by `unit` (day or week) with their rule and coverage, the units that fall on no one day, and what others count."""

    rule: str
    unit: str
    reporters: tuple[Reporter, ...]
    days: tuple[Day, ...]
    entries: tuple[EntryMark, ...]
    on_no_day: tuple[Missing, ...]
    by_others: tuple[str, ...]
    reconciled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """A prohibition in a zone (None: the text names none) over the whole period: its standing, its coverage and what that rests on."""

    provision: str
    zone: str | None
    title: str
    standing: str
    standing_label: str
    days: int
    days_not_observed: int
    coverage: str
    missing: str
    rate: str
    basis: str


NO_DUE_DATE = "no due date in the text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationView:
    """An obligation or undertaking, its due date (or that there is none), its state, who says what, and who counts what."""

    provision: str
    title: str
    deed: str
    who: tuple[str, ...]
    intermediary: str | None
    due: str
    state: str
    state_label: str
    tracked_only: bool
    statements: int
    sentence: str
    positions: tuple[str, ...]
    accounts: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What people decided or propose, about which claims and incidents."""

    id: str
    verdict: str
    state: str
    proposed_by: str
    approved_by: str | None
    reason: str
    claims: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """A problem in the data: where, what, and what to do."""

    severity: str
    file: str
    row: int | None
    field: str | None
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedItem:
    """An item left out because nobody knows when it was published."""

    id: str
    external_id: str | None
    outlet: str | None
    url: str | None
    published_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole report, in the order in which it is read.

    `refused` says what evidence was not taken, nothing where all was; `counted` is false where none was
    read at all, and then no figure may be shown. `issue` is None where the report was not issued.
    """

    header: Header
    issue: IssueView | None
    refused: tuple[str, ...]
    counted: bool
    front: Front
    coverage: Coverage
    summary: tuple[str, ...]
    counts: Counts
    agreements: tuple[AgreementView, ...]
    compliance: tuple[Compliance, ...]
    daily: Daily
    map: MapView
    charts: Charts
    casualties: tuple[Casualties, ...]
    estimates: tuple[EstimateView, ...]
    obligations: tuple[ObligationView, ...]
    statements: tuple[Statements, ...]
    denials: tuple[Denial, ...]
    disputed: tuple[Disputed, ...]
    decisions: tuple[DecisionView, ...]
    problems: tuple[ProblemView, ...]
    excluded: tuple[ExcludedItem, ...]
    later: int
    incidents: tuple[IncidentView, ...]
    items: tuple[ItemView, ...]
