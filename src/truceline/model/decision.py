"""A person's answer: proposed by one, approved by another, about claims."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What people may decide: an occurrence, what is one event or a mirror, whether an exception holds, how a duty stands, whose name is shown."""

    UNSUBSTANTIATED = "unsubstantiated"
    PLAUSIBLE = "plausible"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    CANNOT_BE_DETERMINED = "cannot_be_determined"
    SAME_EVENT = "same_event"
    DIFFERENT_EVENTS = "different_events"
    MIRROR = "mirror"
    PERMITTED_BY_EXCEPTION = "permitted_by_exception"
    EXCEPTION_REJECTED = "exception_rejected"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    NOT_FULFILLED = "not_fulfilled"
    DISPUTED = "disputed"
    WAIVED_OR_AMENDED = "waived_or_amended"
    SIX_FACTORS = "six_factors"
    UNMASK = "unmask"
    MASK = "mask"


class Factor(StrEnum):
    """By what a statement is weighed for incitement (Rabat Plan of Action, paragraph 29)."""

    CONTEXT = "context"
    SPEAKER = "speaker"
    INTENT = "intent"
    CONTENT = "content"
    EXTENT = "extent"
    LIKELIHOOD = "likelihood"


FACTOR_WORDS = {
    Factor.CONTEXT: "its context", Factor.SPEAKER: "the speaker's standing", Factor.INTENT: "the intent",
    Factor.CONTENT: "content and form", Factor.EXTENT: "how far it reached",
    Factor.LIKELIHOOD: "how likely harm is",
}  # fmt: skip


class FactorAnswer(StrEnum):
    """What a person answers by one factor."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


Factors = tuple[tuple[Factor, FactorAnswer], ...]


LINK_VERDICTS = frozenset({Verdict.SAME_EVENT, Verdict.DIFFERENT_EVENTS, Verdict.MIRROR})
EXCEPTION_VERDICTS = frozenset({Verdict.PERMITTED_BY_EXCEPTION, Verdict.EXCEPTION_REJECTED})
OBLIGATION_VERDICTS = frozenset({
    Verdict.FULFILLED, Verdict.PARTLY_FULFILLED, Verdict.NOT_FULFILLED, Verdict.DISPUTED,
    Verdict.WAIVED_OR_AMENDED,
})  # fmt: skip
RHETORIC_VERDICTS = frozenset({Verdict.SIX_FACTORS})
NAME_VERDICTS = frozenset({Verdict.UNMASK, Verdict.MASK})
# Sorts of answers of which none takes back another's.
SORTS = (LINK_VERDICTS, EXCEPTION_VERDICTS, OBLIGATION_VERDICTS, RHETORIC_VERDICTS, NAME_VERDICTS)
OCCURRENCE_VERDICTS = frozenset(Verdict).difference(*SORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a decision is about, by a name that lasts: the reader with the coder's id of a row, or the claim.

    `seen` is the digest of what people saw then: a row's content, or how a claim of a text was read; `item`
    is the item that it stood in.
    """

    claim: str
    reader: str
    name: str
    item: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How the evidence of a decision differs from what people saw: `now` is None where it is gone."""

    name: str
    was: str
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """A person's words in two fields: about what happened, and about who acted.

    `names` is the side whose name the person releases, `provision` the one under which the answer is given, `at` the
    instant (ISO 8601) from which an obligation stands so, `factors` what is answered by each factor. What is
    about who acted leaves the mission only where the mandate lets it.
    """

    occurrence: str
    attribution: str = ""
    names: str | None = None
    provision: str | None = None
    at: str | None = None
    factors: Factors = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's proposal or another's approval of it; `claims` never names an incident.

    `provision` (`AGREEMENT/PROVISION`) is set where it is about what claims mean for a provision, or
    where it is about an obligation as of an instant `at`; then it may rest on no claims.

    `approves` is the id of the proposal approved, `supersedes` the approved decisions replaced; `changed` is
    found anew in every run, and a decision on evidence that changed does not count until it is renewed.
    """

    id: str
    claims: tuple[str, ...]
    verdict: Verdict
    by: str
    reason: str
    approves: str | None = None
    supersedes: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    changed: tuple[Change, ...] = ()
    about_attribution: str = ""
    names: str | None = None
    provision: str | None = None
    at: str | None = None
    factors: Factors = ()

    @property
    def says(self) -> tuple[object, ...]:
        """What two people have to say alike: of which claims, what, whose name, under which provision, as of when."""
        return (self.claims, self.verdict, self.names, self.provision, self.at, self.factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision in force: proposed by one, approved by another, not superseded.

    Where its evidence changed since (`changed`), it is shown and does not count until people renew it.
    """

    id: str
    claims: tuple[str, ...]
    verdict: Verdict
    proposed_by: str
    approved_by: str
    reason: str
    changed: tuple[Change, ...] = ()
    names: str | None = None
    provision: str | None = None
    at: str | None = None
    factors: Factors = ()

    @property
    def says(self) -> tuple[object, ...]:
        """What two people said alike: of which claims, what, whose name, under which provision, as of when."""
        return (self.claims, self.verdict, self.names, self.provision, self.at, self.factors)


def decision_record(decision: Decision) -> dict[str, object]:
    """Give the ledger record of a decision."""
    return {
        "kind": "decision", "id": decision.id, "claims": list(decision.claims),
        "verdict": decision.verdict.value, "by": decision.by, "reason": decision.reason,
        "approves": decision.approves, "supersedes": list(decision.supersedes),
        **({"subjects": [asdict(s) for s in decision.subjects]} if decision.subjects else {}),
        **({"about_attribution": decision.about_attribution} if decision.about_attribution else {}),
        **({"names": decision.names} if decision.names else {}),
        **({"provision": decision.provision} if decision.provision else {}),
        **({"at": decision.at} if decision.at else {}),
        **({"factors": dict(decision.factors)} if decision.factors else {}),
    }  # fmt: skip


def decision_from(record: Mapping[str, Any]) -> Decision:
    """Read a decision back from its ledger record; one of the first release names no subjects."""
    claims, supersedes = record["claims"], record["supersedes"]
    if not isinstance(claims, list) or not isinstance(supersedes, list):
        msg = f"decision {record.get('id')} has no list of claims"
        raise TypeError(msg)
    approves = record["approves"]
    return Decision(
        id=str(record["id"]), claims=tuple(map(str, claims)), verdict=Verdict(str(record["verdict"])),
        by=str(record["by"]), reason=str(record["reason"]),
        approves=str(approves) if approves else None, supersedes=tuple(map(str, supersedes)),
        subjects=tuple(_subject(s) for s in record.get("subjects", ())),
        about_attribution=str(record.get("about_attribution", "")),
        names=str(record["names"]) if record.get("names") else None,
        provision=str(record["provision"]) if record.get("provision") else None,
        at=str(record["at"]) if record.get("at") else None,
        factors=tuple(sorted((Factor(k), FactorAnswer(v)) for k, v in record.get("factors", {}).items())),
    )  # fmt: skip


def _subject(record: Mapping[str, object]) -> Subject:
    return Subject(
        **{name: str(record[name]) for name in ("claim", "reader", "name", "item", "seen")}
    )
