"""What was taken back: claims that their own speaker withdrew, and admissions that the same side denies since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.evidence import Act, Claim, Stance, is_kind_of
from truceline.weigh.admission import admits, carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.mission import Mission


def withdrawn(claims: Sequence[Claim], mission: Mission) -> frozenset[str]:
    """Give the claims whose own speaker retracted them, on the day they were published or later.

    The retraction must have come by the speaker's own channel or through relays of no camp: nobody takes back
    for somebody else.
    """
    back = [c for c in claims if c.stance is Stance.RETRACTS and c.asserted and carried(c, mission)]
    return frozenset(
        claim.id
        for claim in claims
        if claim.stance is not Stance.RETRACTS
        and any(
            _same_voice(claim, r, mission) and _since(r, claim) and same_act(claim, r) for r in back
        )
    )


def disowned(claims: Sequence[Claim], mission: Mission) -> frozenset[str]:
    """Give the admissions that the same side denies, on the day they were published or later."""
    denials = [
        c for c in claims if c.stance is Stance.DENIES and c.asserted and carried(c, mission)
    ]
    return frozenset(
        claim.id
        for claim in claims
        if (side := admits(claim, mission)) is not None
        and any(
            side in {v.side for v in d.speaker_voices} and _since(d, claim) and same_act(claim, d)
            for d in denials
        )
    )


def _same_voice(a: Claim, b: Claim, mission: Mission) -> bool:
    sources = {v.source for v in a.speaker_voices} & {v.source for v in b.speaker_voices}
    sides = {v.side for v in a.speaker_voices} & {v.side for v in b.speaker_voices}
    return bool(sources - {None}) or bool(sides & set(mission.side_ids))


def _since(later: Claim, earlier: Claim) -> bool:
    return later.dated >= earlier.dated


def same_act(a: Claim, b: Claim) -> bool:
    """Answer whether two claims may be about one act: one of them states none, or they lie on one line."""
    return not a.acts or not b.acts or one_line(a.acts, b.acts)


def one_line(some: Iterable[Act], others: Iterable[Act]) -> bool:
    """Answer whether two lists of acts have a pair of which one is the other, or a more general word for it."""
    theirs = tuple(others)
    return any(is_kind_of(a, b) or is_kind_of(b, a) for a in some for b in theirs)
