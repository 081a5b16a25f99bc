"""Prisoners, remains, missing: a double-entry account by who gave and who got, with each teller's own count."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.judge.positions import quantities
from truceline.model.agreement import Obligation, ProvisionKind
from truceline.model.deed import Extent, PersonStatus, Unit
from truceline.model.judgement import Account, Count, PersonList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from truceline.judge.positions import Duty
    from truceline.model.deed import Quantity, SealedPerson
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


_OF_PERSONS = {
    ProvisionKind.RELEASE_PRISONERS: {Unit.PRISONERS, Unit.REMAINS},
    ProvisionKind.PRISONER_LIST: {Unit.PRISONERS},
    ProvisionKind.EXCHANGE_REMAINS: {Unit.REMAINS},
    ProvisionKind.MISSING_PERSONS: {Unit.MISSING},
}


def lists(duty: Duty) -> tuple[PersonList, ...]:
    """Give the sealed lists that bear on a duty: per status what each keeper counts, and whom all of them name."""
    last: dict[tuple[str, str], SealedPerson] = {}
    for person in sorted(duty.mission.persons, key=lambda p: (p.day, p.reported, p.status)):
        if _bears(person, duty):
            last[person.stated_by, person.seal] = person
    groups: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person in last.values():
        key = (person.unit, person.status, person.giver, person.recipient)
        groups[key][person.stated_by].add(person.seal)
    return tuple(
        _list(key, keepers)
        for key, keepers in sorted(groups.items(), key=lambda p: tuple(str(k or "") for k in p[0]))
    )


def _bears(person: SealedPerson, duty: Duty) -> bool:
    provision = duty.provision
    if not isinstance(provision, Obligation):
        return False
    units = {provision.unit} if provision.unit else _OF_PERSONS.get(provision.kind, set())
    theirs = person.giver is None or duty.mission.camp(person.giver) in duty.debtors
    return person.unit in units and theirs


def _list(key: tuple[object, ...], keepers: dict[str, set[str]]) -> PersonList:
    unit, status, giver, recipient = key
    assert isinstance(unit, Unit)  # noqa: S101  the keys are made so above
    assert isinstance(status, PersonStatus)  # noqa: S101
    return PersonList(
        unit=unit, status=status, giver=str(giver) if giver else None,
        recipient=str(recipient) if recipient else None,
        counts=tuple((who, len(seals)) for who, seals in sorted(keepers.items())),
        on_all=len(set.intersection(*keepers.values())) if len(keepers) > 1 else None,
    )  # fmt: skip
