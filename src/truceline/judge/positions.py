"""Who says what of an obligation: by its deed, its debtor and its object, never by a word that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.judge.kinds.every import sighted
from truceline.judge.said import said_of
from truceline.model.deed import Progress
from truceline.model.evidence import Stance
from truceline.model.judgement import Position
from truceline.model.provenance import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.judge.duty import Duty
    from truceline.model.evidence import Claim, Voice
    from truceline.model.judgement import Role


def positions(duty: Duty, claims: Sequence[Claim]) -> tuple[Position, ...]:
    """Give the last word of everybody on the progress of a deed, each debtor's part for itself; who took it back has none."""
    last: dict[tuple[Role, str, frozenset[str]], tuple[Claim, Progress | None]] = {}
    for claim in sorted(claims, key=lambda c: (c.dated, c.id)):
        progress = said_of(claim) or sighted(duty, claim)
        if progress is None and claim.stance is not Stance.RETRACTS:
            continue
        for voice in claim.speaker_voices:
            key = (duty.role(voice, claim), _who(voice), duty.owing(claim))
            last[key] = (claim, progress)
    return tuple(
        Position(
            role=role, who=who, debtors=tuple(sorted(owing)), progress=progress,
            basis=claim.basis, claim=claim.id, at=_at(claim), published=claim.dated,
        )
        for (role, who, owing), (claim, progress) in sorted(
            last.items(), key=lambda pair: (pair[0][0], pair[0][1], sorted(pair[0][2]))
        )
        if progress is not None
    )  # fmt: skip


def vouches(position: Position) -> bool:
    """Answer whether somebody knows more than that another said so."""
    return position.basis is not Basis.REPEATS


def _who(voice: Voice) -> str:
    """Name a voice by its source or side; nobody else is named."""
    return voice.source or voice.side or "unnamed"


def _at(claim: Claim) -> datetime:
    """Give when the deed was at that point: by the stated time, else by the publication."""
    return claim.span.latest if claim.span else claim.dated
