"""Forces and weapons go behind a line: by kind and calibre of the weapon, and by who is seen there past the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.judge.area import both, inside
from truceline.judge.matter import not_assessable
from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Obligation
from truceline.model.deed import Progress
from truceline.model.evidence import ACCUSING, Stance
from truceline.model.judgement import ClassificationState
from truceline.model.place_time import Answer

if TYPE_CHECKING:
    from truceline.judge.duty import Duty
    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement, Prohibition
    from truceline.model.arms import Arms, Limit
    from truceline.model.evidence import Claim

_SAID = ACCUSING | {Stance.ADMITS}


def out_of_place(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Ask whether a weapon had to be elsewhere, None where it had or the text sets no limits.

    What only denies, or takes back, names no weapon. Where several are named the worst for whoever brought them counts.
    """
    if not provision.limits:
        return None
    named = {c.arms for c in matter.claims if c.arms and c.stance in _SAID}
    if not named:
        return ClassificationState.OUTSIDE_SCOPE, ("no weapon is told of",)
    found = {_bound(arms, provision.limits, matter, agreement) for arms in named}
    if Answer.YES in found:
        return None
    if Answer.CANNOT_TELL in found:
        return not_assessable(
            "the kind, the calibre or the place is too uncertain to tell whether the weapon had to be elsewhere"
        )
    return ClassificationState.OUTSIDE_SCOPE, (
        "no limit of the provision is about such a weapon there",
    )


def _bound(arms: Arms, limits: tuple[Limit, ...], matter: Matter, agreement: Agreement) -> Answer:
    """Answer whether any limit is about a weapon at the places of an incident."""
    answers = [
        both(limit.binds(arms), told)
        for limit in limits
        for told in {a for zone in matter.lies(agreement, limit.areas).values() for a in zone}
    ]
    return _any(answers)


def sighted(duty: Duty, claim: Claim) -> Progress | None:
    """Say that a withdrawal is not done where somebody tells of the debtor's forces, or of such weapons, there past its date.

    Only a sighting past the date by every reading counts, at a place that surely lies in a zone to be left. That somebody
    denies it says nothing: it is about one place.
    """
    provision = duty.provision
    if not isinstance(provision, Obligation) or duty.past is None or claim.span is None:
        return None
    present = any(is_kind_of(act, Act.PRESENCE) for act in claim.acts)
    if not (present and claim.asserted and claim.stance in _SAID and duty.named(claim)):
        return None
    there = _in(duty, claim, provision.areas)
    if provision.limits:
        there = any(
            claim.arms and limit.binds(claim.arms) is Answer.YES and _in(duty, claim, limit.areas)
            for limit in provision.limits
        )
    return Progress.NOT_DONE if there and claim.span.earliest >= duty.past else None


def _in(duty: Duty, claim: Claim, areas: tuple[str, ...]) -> bool:
    zones = [z for z in duty.agreement.zones if z.id in areas]
    return any(inside(place, zone) is Answer.YES for place in claim.places for zone in zones)


def _any(answers: list[Answer]) -> Answer:
    if Answer.YES in answers:
        return Answer.YES
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in answers else Answer.NO
