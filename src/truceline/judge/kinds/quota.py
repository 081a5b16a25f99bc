"""So much in every period: each teller's count of each, never a sum across tellers or across units."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.judge.said import quantities
from truceline.model.agreement import Counting, Obligation, Period
from truceline.model.deed import Extent
from truceline.model.judgement import ObligationState, PeriodCount, Role
from truceline.terms.periods import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.judge.duty import Duty, Heard
    from truceline.model.evidence import Claim

_MOST = 10_000
_Stretch = tuple[datetime, datetime]


def periods(duty: Duty, heard: Heard) -> tuple[PeriodCount, ...]:
    """Give every period that began before the as-of, with each teller's count of it; `over` once it has ended.

    Periods run from the mission's midnight after the entry into force (its last reading). A quantity counts in the period in
    which all of its time lies; one that spans two counts in neither. Of quantities whose times overlap the largest counts.
    """
    provision = duty.provision
    if (
        not isinstance(provision, Obligation)
        or provision.every is None
        or provision.quantity is None
    ):
        return ()
    told = list(_told(duty, heard.claims))
    return tuple(
        PeriodCount(
            start=start, end=end, owed=provision.quantity, over=end <= heard.as_of,
            counts=tuple(sorted(_counts(told, (start, end)).items())),
        )
        for start, end in _stretches(duty, provision.every, heard.as_of)
    )  # fmt: skip


def _stretches(duty: Duty, every: str, as_of: datetime) -> Iterator[_Stretch]:
    zone = duty.mission.zone
    entry = max(reading.instant for reading in duty.agreement.readings).astimezone(zone)
    start = entry.replace(hour=0, minute=0, second=0, microsecond=0)
    if start < entry:
        start = (start.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    length = Period(length=every, start="", counting=Counting.TO_THE_HOUR)
    for _ in range(_MOST):
        end = end_of(length, start, zone)
        if start >= as_of or end <= start:
            return
        yield start, end
        start = end.astimezone(zone)


def _told(duty: Duty, claims: Sequence[Claim]) -> Iterator[tuple[str, _Stretch, int]]:
    """Give what each teller counts of the unit owed, with its time; totals so far are no count of a period."""
    provision = duty.provision
    unit = provision.unit if isinstance(provision, Obligation) else None
    for claim, voice, counted, quantity in quantities(claims):
        if claim.span and counted is unit and quantity.extent is Extent.THIS_TIME:
            role = duty.role(voice, claim)
            camp = duty.mission.camp(voice.side) if voice.side else None
            teller = camp if camp in duty.parties | duty.debtors else role.value
            yield teller or role.value, (claim.span.earliest, claim.span.latest), quantity.value


def _counts(told: Sequence[tuple[str, _Stretch, int]], period: _Stretch) -> dict[str, int]:
    own: dict[str, list[tuple[_Stretch, int]]] = defaultdict(list)
    for teller, (start, end), value in told:
        if period[0] <= start and end <= period[1]:
            own[teller].append(((start, end), value))
    return {teller: _sum(said) for teller, said in own.items()}


def _sum(said: list[tuple[_Stretch, int]]) -> int:
    """Add what was counted at different times; of counts whose times touch only the largest."""
    total, most = 0, 0
    until: datetime | None = None
    for (start, end), value in sorted(said):
        if until is not None and start >= until:
            total, most = total + most, 0
        most = max(most, value)
        until = max(until or end, end)
    return total + most


def kept(duty: Duty, found: Sequence[PeriodCount]) -> tuple[ObligationState | None, str]:
    """Say how a quota stands over the periods that are over, by those who may say so alone: not a debtor, a mediator or the press."""
    over = [p for p in found if p.over]
    best = [max((n for who, n in p.counts if _may(who, duty)), default=None) for p in over]
    reached = sum(1 for n, p in zip(best, over, strict=True) if n is not None and n >= p.owed)
    short = sum(1 for n, p in zip(best, over, strict=True) if n is not None and n < p.owed)
    unknown = len(over) - reached - short
    words = f"of {len(over)} periods over, {reached} reached, {short} short, {unknown} counted by nobody who may say so"
    if over and reached == len(over):
        return ObligationState.FULFILLED, words
    if any(best):
        return ObligationState.PARTLY_FULFILLED, words
    return (ObligationState.OVERDUE if short else None), words


def _may(who: str, duty: Duty) -> bool:
    return who in {Role.INTERMEDIARY, Role.INDEPENDENT} or who in duty.parties - duty.debtors
