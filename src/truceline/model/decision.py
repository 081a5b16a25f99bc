"""A person's answer: proposed by one, approved by another, about claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What people may decide: an occurrence, or whether claims are one event."""

    UNSUBSTANTIATED = "unsubstantiated"
    PLAUSIBLE = "plausible"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    CANNOT_BE_DETERMINED = "cannot_be_determined"
    SAME_EVENT = "same_event"
    DIFFERENT_EVENTS = "different_events"


LINK_VERDICTS = frozenset({Verdict.SAME_EVENT, Verdict.DIFFERENT_EVENTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's proposal or another's approval of it; `claims` never names an incident.

    `approves` is the id of the proposal approved, `supersedes` the approved decisions replaced.
    """

    id: str
    claims: tuple[str, ...]
    verdict: Verdict
    by: str
    reason: str
    approves: str | None = None
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision in force: proposed by one, approved by another, not superseded."""

    id: str
    claims: tuple[str, ...]
    verdict: Verdict
    proposed_by: str
    approved_by: str
    reason: str


def decision_record(decision: Decision) -> dict[str, object]:
    """Give the ledger record of a decision."""
    return {
        "kind": "decision", "id": decision.id, "claims": list(decision.claims),
        "verdict": decision.verdict.value, "by": decision.by, "reason": decision.reason,
        "approves": decision.approves, "supersedes": list(decision.supersedes),
    }  # fmt: skip


def decision_from(record: Mapping[str, object]) -> Decision:
    """Read a decision back from its ledger record."""
    claims, supersedes = record["claims"], record["supersedes"]
    if not isinstance(claims, list) or not isinstance(supersedes, list):
        msg = f"decision {record.get('id')} has no list of claims"
        raise TypeError(msg)
    approves = record["approves"]
    return Decision(
        id=str(record["id"]), claims=tuple(map(str, claims)), verdict=Verdict(str(record["verdict"])),
        by=str(record["by"]), reason=str(record["reason"]),
        approves=str(approves) if approves else None, supersedes=tuple(map(str, supersedes)),
    )  # fmt: skip
