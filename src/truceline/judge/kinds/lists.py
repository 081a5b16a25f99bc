"""Lists of persons are handed over: what each keeper's sealed list counts, and whom all of them name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.model.agreement import Obligation, ProvisionKind
from truceline.model.deed import PersonStatus, Unit
from truceline.model.judgement import PersonList

if TYPE_CHECKING:
    from truceline.judge.duty import Duty
    from truceline.model.deed import SealedPerson

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
