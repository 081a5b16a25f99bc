"""Provision x incident: does it breach this provision, and if nobody can say, why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from truceline.judge.exceptions import excused, rejected, unheard
from truceline.judge.force import agreed, force_of
from truceline.judge.kinds.every import particular
from truceline.judge.matter import not_assessable
from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Breach, Prohibition
from truceline.model.finding import Occurrence
from truceline.model.judgement import Classification, ClassificationState
from truceline.model.place_time import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement
    from truceline.model.judgement import ForceAnswer


_FIRST = (
    ClassificationState.OUTSIDE_SCOPE,
    ClassificationState.NO_VIOLATION,
    ClassificationState.NOT_ASSESSABLE,
)


def classifications(matter: Matter, agreement: Agreement) -> Iterator[Classification]:
    """Classify an incident under every prohibition of an agreement it may fall under."""
    answers = tuple(a for a in matter.binding.answers if a.agreement == agreement.id)
    after, once = _after_entry(matter, agreement), _Once.of(matter, agreement)
    for provision in agreement.provisions:
        if isinstance(provision, Prohibition):
            state, reasons = _classify(matter, agreement, provision, once)
            yield Classification(
                provision=f"{agreement.id}/{provision.id}",
                incident=matter.incident.id,
                classification=state,
                after_entry=after,
                answers=answers,
                reasons=reasons,
            )


@dataclass(frozen=True, slots=True)
class _Once:
    """What is the same under every provision of an agreement, unless an event touched one alone."""

    time: Judged | None
    occurrence: Judged | None
    touched: frozenset[str]
    placed: dict[tuple[str, ...], Judged | None] = field(default_factory=dict)

    @classmethod
    def of(cls, matter: Matter, agreement: Agreement) -> _Once:
        touched = frozenset(name for event in agreement.events for name in event.provisions)
        answers = [a for a in matter.binding.answers if a.agreement == agreement.id]
        return cls(_time(matter, agreement, answers), _occurrence(matter), touched)


def _after_entry(matter: Matter, agreement: Agreement) -> Answer:
    """Answer whether it surely falls under an agreement: not where a later one may have been in force."""
    answers = [a.in_force for a in matter.binding.answers if a.agreement == agreement.id]
    found = agreed(answers)
    sure = agreement.id in (matter.binding.agreement, *matter.binding.beside)
    return Answer.CANNOT_TELL if found is Answer.YES and not sure else found


def _classify(matter: Matter, agreement: Agreement, provision: Prohibition, once: _Once) -> Judged:
    """Ask time, occurrence, act, place, actor and what the kind asks; what goes first decides, and of equals the one asked first.

    Outside the scope goes before refuted, refuted before not assessable; only what passes all is asked for exceptions.
    """
    time = once.time
    if provision.id in once.touched:
        own = force_of(agreement, matter.lines, matter.incident.span, provision=provision)
        time = _time(matter, agreement, own)
    asked = (
        time, once.occurrence, _act(matter, agreement, provision),
        _area(matter, agreement, provision, once), _actor(matter, agreement, provision),
        particular(matter, agreement, provision),
    )  # fmt: skip
    found = [verdict for verdict in asked if verdict is not None]
    for state in _FIRST if found else ():
        for verdict in found:
            if verdict[0] is state:
                return verdict
    return excused(matter, agreement, provision) or _breached(matter, agreement, provision)


def _breached(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged:
    """Judge what no exception stands before."""
    found = rejected(matter, agreement, provision) or unheard(matter, agreement, provision)
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


def _time(matter: Matter, agreement: Agreement, answers: Sequence[ForceAnswer]) -> Judged | None:
    """Ask whether the agreement was in force, or the provision where an event touched it alone."""
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


def _occurrence(matter: Matter) -> Judged | None:
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
    return _done(matter.incident.acts, provision.acts)


@cache
def _done(acts: tuple[Act, ...], banned: tuple[Act, ...]) -> Judged | None:
    """Ask whether what was done is among what is prohibited, a special case of it, or told too generally."""
    if not acts:
        return not_assessable("the act is unresolved")
    if any(is_kind_of(act, b) for act in acts for b in banned):
        return None
    if any(is_kind_of(b, act) for act in acts for b in banned):
        return not_assessable("the act is stated too generally to tell whether it is prohibited")
    if Act.EXPLOSION in acts and any(is_kind_of(b, Act.HOSTILE_ACT) for b in banned):
        return not_assessable("an explosion is told, and not what made it")
    return ClassificationState.OUTSIDE_SCOPE, ("the act is not among those prohibited",)


def _open(agreement: Agreement, provision: Prohibition) -> tuple[str, ...]:
    return tuple(agreement.ambiguity(wanted).text for wanted in provision.ambiguities)


def _area(
    matter: Matter, agreement: Agreement, provision: Prohibition, once: _Once
) -> Judged | None:
    if provision.anywhere:
        return None
    if not provision.areas:
        return not_assessable("the text does not define the zone", *_open(agreement, provision))
    if provision.areas not in once.placed:
        once.placed[provision.areas] = _placed(matter, agreement, provision.areas)
    return once.placed[provision.areas]


def _placed(matter: Matter, agreement: Agreement, areas: tuple[str, ...]) -> Judged | None:
    """Ask whether it lies in one of some zones."""
    if not matter.incident.places:
        return not_assessable("the place is unresolved")
    answers = matter.lies(agreement, areas).values()
    if any(Answer.YES in told for told in answers):
        return None
    if any(Answer.CANNOT_TELL in told for told in answers):
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
            f"{party} is not bound by this provision itself; "
            f"whether {matter.mission.camp(party)} answers for it is not said"
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
    return (
        p.kind,
        acts,
        areas,
        p.anywhere,
        p.breach,
        p.qualifier,
        p.exceptions,
        p.limits,
        p.notice,
    )
