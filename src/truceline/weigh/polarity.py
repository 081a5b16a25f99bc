"""What a claim does to the event it is about: says it happened, denies it, takes back, or vouches for nothing.

One total function of stance, kind, basis and interest; nothing else decides it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from truceline.model.evidence import ClaimKind, Stance
from truceline.model.finding import Ground

if TYPE_CHECKING:
    from truceline.model.evidence import Claim

_LOOKS = frozenset({Ground.LOOKED, Ground.MONITORED})
_INTERESTED = frozenset({Ground.UNKNOWN, Ground.INTERESTED})
_OPEN = frozenset(
    {ClaimKind.AMBIGUOUS, ClaimKind.COULD_NOT_DETERMINE, ClaimKind.UNDER_INVESTIGATION}
)


class Polarity(StrEnum):
    """What a claim does to the event."""

    ASSERTS = "asserts"
    ADMITS = "admits"
    DENIES = "denies"
    RETRACTS = "retracts"
    FOUND_NOTHING = "found_nothing"
    VOUCHES_FOR_NOTHING = "vouches_for_nothing"


SUPPORTS = frozenset({Polarity.ASSERTS, Polarity.ADMITS})


def polarity(claim: Claim, ground: Ground) -> Polarity:
    """Say what a claim does, where whoever says it stands on that ground.

    A look that found nothing is one by a body without an interest, at the place, with access of its own; a
    body without an interest that hedges vouches for nothing; what is no fact of its time does neither.
    """
    if not claim.asserted or claim.kind in _OPEN:
        return Polarity.VOUCHES_FOR_NOTHING
    match claim.stance:
        case Stance.RETRACTS:
            return Polarity.RETRACTS
        case Stance.DENIES:
            return Polarity.FOUND_NOTHING if ground in _LOOKS else Polarity.DENIES
        case Stance.ADMITS:
            return Polarity.ADMITS
        case Stance.ALLEGES | Stance.CONFIRMS | Stance.REPORTS:
            hedged = claim.hedge is not None and ground not in _INTERESTED
            return Polarity.VOUCHES_FOR_NOTHING if hedged else Polarity.ASSERTS
        case Stance.CALLS_FOR | Stance.AGREES | Stance.UNRESOLVED:
            return Polarity.VOUCHES_FOR_NOTHING
        case _ as never:
            assert_never(never)
