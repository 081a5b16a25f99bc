"""Obligations and undertakings: their state, and the claims that speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.agreement import Obligation, Undertaking
from truceline.model.judgement import ObligationStanding, ObligationState
from truceline.terms.timeline import due_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Due


def obligations(
    claims: Sequence[Claim], mission: Mission, as_of: datetime
) -> Iterator[ObligationStanding]:
    """Give the state of every obligation and undertaking, and the claims that speak of it."""
    for agreement in in_order(mission.agreements):
        if not any(r.instant <= as_of for r in agreement.readings):
            continue
        for provision in agreement.provisions:
            if isinstance(provision, Obligation | Undertaking):
                said = [c for c in claims if set(c.acts) & set(provision.acts)]
                due = due_of(provision, agreement, mission.zone)
                state, sentence = by_the_calendar(due, as_of)
                tracked = not isinstance(provision, Obligation)
                if tracked:
                    sentence = "best-effort words: tracked, never scored as a breach"
                yield ObligationStanding(
                    provision=f"{agreement.id}/{provision.id}",
                    tracked_only=tracked,
                    state=state,
                    claims=tuple(sorted(c.id for c in said)),
                    sentence=f"{sentence}; {len(said)} statements",
                )


def by_the_calendar(due: Due | None, as_of: datetime) -> tuple[ObligationState, str]:
    """Say what the calendar alone says: whether a deed was done is for people to decide."""
    if due is None:
        return ObligationState.NO_DUE_DATE, "the text names no deadline; open, not overdue"
    told = " or ".join(dict.fromkeys(deadline.text for deadline, _ in due.readings))
    moved = f", moved by {due.moved_by.id}" if due.moved_by else ""
    if any(at is not None and at <= as_of for _, at in due.readings):
        return ObligationState.NOT_ASSESSABLE, f"due {told}{moved}; fulfilment is not decided"
    if all(at is None for _, at in due.readings):
        return ObligationState.NOT_DUE, f"due {told}{moved}; what it waits for is not found"
    return ObligationState.NOT_DUE, f"due {told}{moved}"
