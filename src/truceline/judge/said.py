"""What a claim itself says of a deed: how far it is, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.deed import Progress
from truceline.model.evidence import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.deed import Quantity, Unit
    from truceline.model.evidence import Claim, Voice

_DENIED = {
    Progress.OFFERED: Progress.REFUSED, Progress.REFUSED: Progress.OFFERED,
    Progress.BEGUN: Progress.NOT_DONE, Progress.PARTLY_DONE: Progress.NOT_DONE,
    Progress.DONE: Progress.NOT_DONE, Progress.NOT_DONE: Progress.DONE,
}  # fmt: skip


def said_of(claim: Claim) -> Progress | None:
    """Give how far a deed is by a claim that is put forward as a fact; a denial says the contrary."""
    progress = claim.deed.progress if claim.deed and claim.asserted else None
    if progress is None or claim.stance is Stance.RETRACTS:
        return None
    return _DENIED[progress] if claim.stance is Stance.DENIES else progress


def quantities(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Voice, Unit, Quantity]]:
    """Give every quantity that somebody states of a deed with its unit, in the order of publication."""
    for claim in sorted(claims, key=lambda c: (c.dated, c.id)):
        counts = claim.asserted and claim.stance not in {Stance.DENIES, Stance.RETRACTS}
        deed = claim.deed if counts else None
        if deed is not None and deed.quantity is not None and deed.unit is not None:
            for voice in claim.speaker_voices:
                yield claim, voice, deed.unit, deed.quantity
