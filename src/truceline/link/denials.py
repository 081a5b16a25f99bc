"""Denials: what denies no allegation in particular is a statement of its speaker, not an event.

A general denial says neither where nor when; accusations of that act against the side, published in the three days
before, are denied in general, and nothing is joined for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.link.reasons import VETO
from truceline.link.where import compare_spots, spots
from truceline.model.acts import one_line
from truceline.model.evidence import ACCUSING, Claim, ClaimKind, Stance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from truceline.model.mission import Mission

ANSWERED = timedelta(hours=72)


def is_denial(claim: Claim, ruled: Collection[str]) -> bool:
    """Answer whether a claim only denies, and no person ruled on it; who looked and found nothing says more than that."""
    denies = claim.stance is Stance.DENIES and claim.kind is not ClaimKind.FOUND_NOTHING
    return denies and claim.id not in ruled


def is_general(claim: Claim, ruled: Collection[str], mission: Mission) -> bool:
    """Answer whether a claim is a party's denial without a place or without a time, on which people did not rule."""
    if not is_denial(claim, ruled) or not _camps(claim, mission):
        return False
    return not spots(claim) or claim.span is None


def denied_in_general(
    members: Iterable[Claim], denials: Iterable[Claim], mission: Mission
) -> tuple[str, ...]:
    """Give the parties that deny in general what members of an incident accuse them of."""
    accusations = [c for c in members if c.stance in ACCUSING and c.asserted]
    return tuple(sorted({
        camp
        for denial in denials
        for accusation in accusations
        for camp in _camps(denial, mission) & {mission.camp(a) for a in accusation.actors}
        if _answers(denial, accusation, mission)
    }))  # fmt: skip


def _camps(claim: Claim, mission: Mission) -> set[str]:
    sides = claim.speaker.sides if claim.speaker else ()
    return {mission.camp(side) for side in sides} & set(mission.party_ids)


def _answers(denial: Claim, accusation: Claim, mission: Mission) -> bool:
    """Answer whether a denial may be about an accusation: of that act, of the days before, nowhere and never else."""
    day = [c.dated.astimezone(mission.zone).date() for c in (accusation, denial)]
    before = accusation.dated <= denial.dated or day[0] == day[1]
    if not before or denial.dated - accusation.dated > ANSWERED:
        return False
    if denial.acts and accusation.acts and not one_line(denial.acts, accusation.acts):
        return False
    if denial.span is not None and accusation.span is not None and denial.span.gap(accusation.span):
        return False
    here, there = spots(denial), spots(accusation)
    return not here or not there or compare_spots(here, there, mission.windows).bits != VETO
