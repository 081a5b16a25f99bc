"""The report's view of claims and incidents: who says what, and what the mission finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """What one source says about one event, lowest to highest; None where it gives no figure."""

    number: int | None
    event: str
    who: str
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateView:
    """Persons harmed in one incident, by measure and status: lowest, best and highest, by which rule, as of when.

    `versions` says what was stated, by whom, as of when; figures of linked incidents are never added up.
    """

    number: int
    event: str
    what: str
    low: int | None
    best: int | None
    high: int | None
    as_of: str
    rule: str
    engagement: str | None
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What somebody says, always with who says it; `kind` tells a quote from a paraphrase, `item` is the SHA-256 of its item."""

    id: str
    item: str
    external_id: str | None
    who: str
    verb: str
    stance: str
    text: str
    kind: str
    accuses: tuple[str, ...]
    when: str
    where: str
    harm: str
    notes: tuple[str, ...]
    published: str
    outlet: str | None
    url: str | None
    language: str | None
    unresolved: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Claims about one thing that is not an incident."""

    topic: str
    label: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A reply to an accusation, with the incident it is about."""

    number: int | None
    claim: ClaimView


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One wording, and in how many claims it stands."""

    who: str
    verb: str
    text: str
    kind: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side's version of a disputed event."""

    who: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A contested incident or engagement with the versions side by side."""

    id: str
    label: str
    numbers: tuple[int, ...]
    how: tuple[str, ...]
    hypotheses: tuple[str, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reason."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What would change a finding, and the status it would give."""

    words: str
    gives: str
    raises: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """The finding; names no party unless the attribution state does."""

    occurrence: str
    occurrence_label: str
    assessed: str
    contradicted: bool
    row: str
    strength: int
    steps: tuple[Step, ...]
    changes: tuple[ChangeView, ...]
    attribution: str
    attribution_label: str
    attribution_sentence: str
    party: str | None
    likelihood: str | None
    confidence: str | None
    decision: str | None
    proposed: str | None
    release: str
    awaits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """An independent origin: everything that traces to it is counted once."""

    label: str
    ground: str
    interested: bool
    on_site: bool
    claims: int
    outlets: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationView:
    """What the finding means for one provision."""

    provision: str
    title: str
    classification: str
    classification_label: str
    after_entry: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One incident of the annex."""

    number: int
    id: str
    when: str
    when_utc: str
    where: str
    what: str
    day: str | None
    contested: bool
    contested_how: tuple[str, ...]
    engagement: str | None
    reporter: str
    finding: FindingView
    origins: tuple[OriginView, ...]
    claims: tuple[ClaimView, ...]
    classifications: tuple[ClassificationView, ...]
    fits_several: tuple[int, ...]
    may_mirror: tuple[int, ...]
