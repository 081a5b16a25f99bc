"""Provision x incident: does it breach this provision, and if nobody can say, why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.judge.area import inside
from truceline.judge.exceptions import excused, rejected
from truceline.judge.force import agreed, force_of
from truceline.judge.matter import not_assessable
from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Breach, Prohibition
from truceline.model.finding import Occurrence
from truceline.model.judgement import Classification, ClassificationState
from truceline.model.place_time import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement


_FIRST = (
    ClassificationState.OUTSIDE_SCOPE,
    ClassificationState.NO_VIOLATION,
    ClassificationState.NOT_ASSESSABLE,
)


def classifications(matter: Matter, agreement: Agreement) -> Iterator[Classification]:
    """Classify an incident under every prohibition of an agreement it may fall under."""
    answers = tuple(a for a in matter.binding.answers if a.agreement == agreement.id)
    for provision in agreement.provisions:
        if isinstance(provision, Prohibition):
            state, reasons = _classify(matter, agreement, provision)
            yield Classification(
                provision=f"{agreement.id}/{provision.id}",
                incident=matter.incident.id,
                classification=state,
                after_entry=_after_entry(matter, agreement),
                answers=answers,
                reasons=reasons,
            )


def _after_entry(matter: Matter, agreement: Agreement) -> Answer:
    """Answer whether it surely falls under an agreement: not where a later one may have been in force."""
    answers = [a.in_force for a in matter.binding.answers if a.agreement == agreement.id]
    found = agreed(answers)
    sure = agreement.id in (matter.binding.agreement, *matter.binding.beside)
    return Answer.CANNOT_TELL if found is Answer.YES and not sure else found


def _classify(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged:
    """Ask time, occurrence, act, place and actor; what goes first decides, and of equals the one asked first.

    Outside the scope goes before refuted, refuted before not assessable; only what passes all is asked for exceptions.
    """
    tests = (_time, _occurrence, _act, _area, _actor)
    found = [v for test in tests if (v := test(matter, agreement, provision)) is not None]
    for state in _FIRST:
        for verdict in found:
            if verdict[0] is state:
                return verdict
    return excused(matter, agreement, provision) or _breached(matter, agreement, provision)


def _breached(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged:
    """Judge what no exception stands before."""
    found = rejected(matter, agreement, provision)
    if provision.qualifier is not None:
        return not_assessable(
            f"whether it was {provision.qualifier} nobody can tell: the text does not say what that means",
            *found,
        )
    serious = provision.breach is Breach.SERIOUS
    state = (
        ClassificationState.SERIOUS_VIOLATION if serious else ClassificationState.MINOR_VIOLATION
    )
    return state, ("time, act and place fall under the provision", *found)


def _time(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Ask whether the agreement was in force, or the provision where an event touched it alone."""
    answers = [a for a in matter.binding.answers if a.agreement == agreement.id]
    if any(provision.id in event.provisions for event in agreement.events):
        answers = [*force_of(agreement, matter.lines, matter.incident.span, provision=provision)]
    sentences = tuple(a.sentence for a in answers)
    match agreed([a.in_force for a in answers]):
        case Answer.NO:
            return ClassificationState.OUTSIDE_SCOPE, sentences
        case Answer.CANNOT_TELL:
            return not_assessable("whether the agreement was in force cannot be told", *sentences)
        case Answer.YES:
            if agreement.id in (matter.binding.agreement, *matter.binding.beside):
                return None
            return not_assessable("a later agreement may have been in force", *sentences)


def _occurrence(matter: Matter, _: Agreement, __: Prohibition) -> Judged | None:
    occurrence = matter.finding.occurrence
    if occurrence is Occurrence.REFUTED:
        return ClassificationState.NO_VIOLATION, ("it did not happen: the occurrence is refuted",)
    mandate = matter.mission.mandate
    if mandate.reached(occurrence):
        return None
    return not_assessable(
        f"the occurrence is {occurrence}; the mandate classifies from {mandate.classify_from} on"
    )


def _act(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    if not provision.acts:
        return not_assessable(
            "the text does not define the prohibited acts", *_open(agreement, provision)
        )
    if not matter.incident.acts:
        return not_assessable("the act is unresolved")
    acts = matter.incident.acts
    if any(is_kind_of(act, banned) for act in acts for banned in provision.acts):
        return None
    if any(is_kind_of(banned, act) for act in acts for banned in provision.acts):
        return not_assessable("the act is stated too generally to tell whether it is prohibited")
    if Act.EXPLOSION in acts and any(is_kind_of(b, Act.HOSTILE_ACT) for b in provision.acts):
        return not_assessable("an explosion is told, and not what made it")
    return ClassificationState.OUTSIDE_SCOPE, ("the act is not among those prohibited",)


def _open(agreement: Agreement, provision: Prohibition) -> tuple[str, ...]:
    return tuple(agreement.ambiguity(wanted).text for wanted in provision.ambiguities)


def _area(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    if provision.anywhere:
        return None
    if not provision.areas:
        return not_assessable("the text does not define the zone", *_open(agreement, provision))
    if not matter.incident.places:
        return not_assessable("the place is unresolved")
    zones = [z for z in agreement.zones if z.id in provision.areas]
    answers = [inside(place, zone) for place in matter.incident.places for zone in zones]
    if Answer.YES in answers:
        return None
    if Answer.CANNOT_TELL in answers:
        return not_assessable(
            "the place is too uncertain to tell on which side of the zone it lies"
        )
    return ClassificationState.OUTSIDE_SCOPE, ("the place lies outside the zone",)


def _actor(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Ask who is bound: what nobody acknowledged needs a clause that binds every party, whoever acted."""
    if not provision.by:
        return None
    party = matter.finding.attribution.party
    bound = " and ".join(sorted(provision.by))
    if party is None:
        return _whoever(agreement, provision, bound)
    if party in provision.by:
        return None
    if matter.mission.camp(party) in provision.by:
        return not_assessable(
            f"{party} is not bound by this provision itself; whether {bound} answers for it is not said"
        )
    return ClassificationState.OUTSIDE_SCOPE, (_only(bound),)


def _only(bound: str) -> str:
    return f"only {bound} {'are' if ' and ' in bound else 'is'} bound by this provision"


def _whoever(agreement: Agreement, provision: Prohibition, bound: str) -> Judged | None:
    """Judge an act without an actor: once, under the first of the clauses that bind every party alike between them."""
    if set(agreement.parties) <= set(provision.by):
        return None
    mirrored = _mirrored(agreement, provision)
    if not mirrored:
        return not_assessable(f"no attribution: {_only(bound)}")
    if mirrored[0].id == provision.id:
        return None
    return not_assessable(f"judged once, under {mirrored[0].id}, which binds the others alike")


def _mirrored(agreement: Agreement, provision: Prohibition) -> tuple[Prohibition, ...]:
    """Give the clauses that forbid the same to every party between them, none where some party is free."""
    alike = tuple(
        p for p in agreement.provisions
        if isinstance(p, Prohibition) and p.by and _same_but_for_whom(p, provision)
    )  # fmt: skip
    bound = {party for p in alike for party in p.by}
    return alike if set(agreement.parties) <= bound else ()


def _same_but_for_whom(one: Prohibition, other: Prohibition) -> bool:
    return _wording(one) == _wording(other)


def _wording(p: Prohibition) -> tuple[object, ...]:
    """Give all of a prohibition but whom it binds."""
    acts, areas = frozenset(p.acts), frozenset(p.areas)
    return (p.kind, acts, areas, p.anywhere, p.breach, p.qualifier, p.exceptions)
