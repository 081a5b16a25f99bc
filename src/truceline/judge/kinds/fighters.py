"""Foreign fighters leave: told of past the date they have not, and a side that denies having any says that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.deed import Progress
from truceline.model.evidence import ACCUSING, Stance

if TYPE_CHECKING:
    from truceline.judge.duty import Duty
    from truceline.model.evidence import Claim

_SAID = ACCUSING | {Stance.ADMITS}


def sighted(duty: Duty, claim: Claim) -> Progress | None:
    """Say how far their leaving is by who tells of them, or denies them, on a debtor's side past the date.

    Where the text sets no date a word counts from the entry into force on, by every reading. A word about an earlier time, or
    about no time, says nothing.
    """
    told = Act.FOREIGN_FIGHTERS in claim.acts and claim.asserted and duty.named(claim)
    since = duty.past or max(reading.instant for reading in duty.agreement.readings)
    if not told or claim.span is None or claim.span.earliest < since:
        return None
    if claim.stance in _SAID:
        return Progress.NOT_DONE
    return Progress.DONE if claim.stance is Stance.DENIES else None
