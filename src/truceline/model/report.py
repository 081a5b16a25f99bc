"""What one run produced, exactly what the report and the files need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from truceline.model.coding import Doubt
    from truceline.model.decision import Decision, Ruling
    from truceline.model.evidence import Claim, Item, Repetition
    from truceline.model.finding import Finding
    from truceline.model.incident import Engagement, Group, Incident
    from truceline.model.judgement import Binding, Judgement
    from truceline.model.mission import Mission
    from truceline.model.problem import Problem, Refused


# In which forms beside the page a report is written, and in which languages a paper speaks.
PAPERS = ("docx", "pdf")
LANGUAGES = ("en", "ru", "az", "hy")


class Edition(StrEnum):
    """For whom it is: a draft for the mission's own people, or what may leave the mission."""

    DRAFT = "draft"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One projection: f(set of items, mission version, method, cut-off), every tuple sorted.

    A trial is one `without` sources, of which it leaves out that many claims: it is no report.

    `items` are those it was made of, `excluded` those without a publication date; `later` counts items published after `as_of`;
    `archived` counts the sources of which the ledger holds a copy, and all sources.
    """

    mission: Mission
    method: str
    items_digest: str
    as_of: datetime
    as_of_text: str
    claims: tuple[Claim, ...]
    groups: tuple[Group, ...]
    incidents: tuple[Incident, ...]
    engagements: tuple[Engagement, ...]
    findings: tuple[Finding, ...]
    bindings: tuple[Binding, ...]
    judgements: tuple[Judgement, ...]
    rulings: tuple[Ruling, ...]
    proposals: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    excluded: tuple[Item, ...]
    later: int
    repetitions: tuple[Repetition, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    refused: tuple[Refused, ...] = ()
    archived: tuple[int, int] = (0, 0)
    renewals: tuple[Ruling, ...] = ()
    edition: Edition = Edition.DRAFT
    items: tuple[Item, ...] = ()
    without: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def counted(self) -> bool:
        """Answer whether anything may be counted: not where all evidence at hand was refused."""
        return bool(self.claims) or not self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How an incident was found in a report that was issued: its claims by id, occurrence and state of attribution."""

    claims: tuple[str, ...]
    occurrence: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """A report issued before: its number, the SHA-256 of its page, and its cut-off (None: an earlier release kept none).

    `stood` is how its incidents were found, None where an earlier release did not keep it.
    """

    number: str
    page: str
    as_of: datetime | None
    stood: tuple[Stood, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """What a mission keeps out of a report, in its own words, and why."""

    what: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What a mission itself says in a report: the paragraphs of its assessment, and what it holds back."""

    assessment: tuple[str, ...] = ()
    held_back: tuple[HeldBack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Who drafted a report and when (UTC), the signed head of the ledger that it rests on, and the key of that.

    `number` is `No. 3`, or `No. 3 Corr. 1` of one that `corrects` another, `because` of what stood wrong in it. Nobody has approved a draft: its
    `approved_by` and `approved_at` are empty. `embargo` (UTC) is until when nobody may pass it on, empty where there is none.
    """

    by: str
    at: str
    head: str
    key: str
    number: str
    previous: Previous | None = None
    corrects: Previous | None = None
    because: str = ""
    approved_by: str = ""
    approved_at: str = ""
    embargo: str = ""
    words: OwnWords = OwnWords()
