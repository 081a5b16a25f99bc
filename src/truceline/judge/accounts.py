"""Prisoners, remains, missing: a double-entry account by who gave and who got, with each teller's own count."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.judge.said import quantities
from truceline.model.deed import Extent, Unit
from truceline.model.judgement import Account, Count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from truceline.judge.duty import Duty
    from truceline.model.deed import Quantity
    from truceline.model.evidence import Claim

_DAY = timedelta(days=1)
_Key = tuple[Unit, str | None, str | None]


def accounts(duty: Duty, claims: Sequence[Claim]) -> tuple[Account, ...]:
    """Give an account for each unit, giver and recipient, none of which are ever added."""
    told: dict[_Key, dict[str, list[tuple[Claim, Quantity]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for claim, voice, unit, quantity in quantities(claims):
        camp = duty.mission.camp(voice.side) if voice.side else None
        giver = duty.mission.camp(claim.actors[0]) if len(claim.actors) == 1 else None
        got = duty.mission.camp(quantity.recipient) if quantity.recipient else None
        role = duty.role(voice, claim)
        column = camp if camp in duty.parties | duty.debtors else role.value
        told[unit, giver, got][column or role.value].append((claim, quantity))
    return tuple(
        _account(key, columns, duty.mission.zone)
        for key, columns in sorted(
            told.items(), key=lambda p: tuple(str(part or "") for part in p[0])
        )
    )


def _account(key: _Key, columns: dict[str, list[tuple[Claim, Quantity]]], zone: tzinfo) -> Account:
    unit, giver, recipient = key
    counts = tuple(_count(who, said, zone) for who, said in sorted(columns.items()))
    values = {count.value for count in counts}
    return Account(
        unit=unit, giver=giver, recipient=recipient, counts=counts,
        difference=max(values) - min(values) if len(counts) > 1 else None,
    )  # fmt: skip


def _count(who: str, said: list[tuple[Claim, Quantity]], zone: tzinfo) -> Count:
    """Give one teller's count: the last word on all so far, else the sum of what it tells of different days.

    Handovers without a day are never added, since two may be one: of them alone the largest is given.
    """
    so_far = [(c, q) for c, q in said if q.extent is Extent.SO_FAR]
    if so_far:
        claim, quantity = so_far[-1]
        return Count(
            by=who, value=quantity.value, extent=Extent.SO_FAR, handovers=1, as_of=claim.dated,
            claims=(claim.id,),
        )  # fmt: skip
    timed = [(c, q) for c, q in said if c.span and c.span.width <= _DAY]
    if not timed:
        claim, quantity = max(said, key=lambda pair: (pair[1].value, pair[0].dated, pair[0].id))
        return Count(
            by=who, value=quantity.value, extent=Extent.THIS_TIME, handovers=1, as_of=claim.dated,
            claims=(claim.id,),
        )  # fmt: skip
    by_day = {c.span.earliest.astimezone(zone).date(): (c, q) for c, q in timed if c.span}
    return Count(
        by=who, value=sum(q.value for _, q in by_day.values()), extent=Extent.THIS_TIME,
        handovers=len(by_day), as_of=max(c.dated for c, _ in by_day.values()),
        claims=tuple(sorted(c.id for c, _ in by_day.values())),
    )  # fmt: skip
