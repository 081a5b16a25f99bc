"""What reading texts adds to the files: repetitions, questions of coders, and the mediation log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import TimeKind
from truceline.model.evidence import Stance
from truceline.model.place_time import utc_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.coding import Coding
    from truceline.model.evidence import Claim, Repetition
    from truceline.model.report import Assessment

Shape = dict[str, object]
_TALKS = {Act.MEETING: "meeting", Act.PHONE_CALL: "phone_call", Act.NEGOTIATION: "talks"}
_WORK = frozenset({
    *_TALKS, Act.MEDIATION, Act.VERIFICATION_MECHANISM, Act.CEASEFIRE_AGREEMENT,
    Act.CEASEFIRE_ENTRY_INTO_FORCE, Act.EXCHANGE_OF_PRISONERS_AND_REMAINS, Act.CESSATION_OF_FIRE,
    Act.HUMANITARIAN_ACCESS, Act.RELEASE_OF_PRISONERS, Act.CEASEFIRE_COMPLIANCE,
})  # fmt: skip


def repetitions(assessment: Assessment) -> list[Shape]:
    """Every passage that an earlier item had already, in the order of items."""
    return [_repetition(r) for r in assessment.repetitions]


def _repetition(found: Repetition) -> Shape:
    return {
        "item": found.item, "of_item": found.of_item, "what": found.sameness.value,
        "start": found.start, "end": found.end, "share": found.share, "claims": list(found.claims),
        "published": utc_text(found.published), "outlet": found.outlet, "url": found.url,
    }  # fmt: skip


def doubts(assessment: Assessment) -> list[Shape]:
    """Every field that two coders read differently, for a person to settle."""
    return [
        {
            "item": d.item, "claim": d.claim, "field": d.field,
            "readings": [{"coder": coder, "value": value} for coder, value in d.readings],
            "start": d.start, "end": d.end,
        }
        for d in assessment.doubts
    ]  # fmt: skip


def mediation(assessment: Assessment) -> list[Shape]:
    """Give the log of mediation: who holds to what towards whom, in which format, in order of publication."""
    told = [c for c in assessment.claims if c.coding is not None]
    ordered = sorted(told, key=lambda c: (c.dated, c.item, c.start or 0, c.id))
    return [entry for claim in ordered for entry in _entry(claim)]


def _entry(claim: Claim) -> Iterator[Shape]:
    coding = claim.coding
    if coding is None or not _mediates(claim, coding):
        return
    holders = _holders(claim, coding)
    span = claim.span
    yield {
        "claim": claim.id, "item": claim.item, "start": claim.start, "end": claim.end,
        "published": utc_text(claim.dated),
        "when": {"earliest": utc_text(span.earliest), "latest": utc_text(span.latest)}
        if span else None,
        "holder": holders, "addressee": _addressees(claim, coding, holders),
        "format": _format(claim, coding),
        "commitment": {
            "stance": claim.stance.value, "acts": [a.value for a in claim.acts],
            "attitude": coding.attitude.value if coding.attitude else None,
        },
        "flags": list(coding.flags),
    }  # fmt: skip


def _mediates(claim: Claim, coding: Coding) -> bool:
    """Answer whether a claim belongs into the log: a call, an agreement, talks, or an attitude."""
    past = coding.time is not None and coding.time.kind is TimeKind.BACKGROUND
    if past or (not coding.layers and claim.stance is Stance.CALLS_FOR):
        return False
    if coding.attitude is not None or claim.stance in {Stance.CALLS_FOR, Stance.AGREES}:
        return True
    return claim.stance is Stance.REPORTS and bool(_WORK & set(claim.acts))


def _met(claim: Claim, coding: Coding) -> bool:
    """Answer whether people are told to have met or called each other."""
    told = bool(set(claim.acts) & {Act.MEETING, Act.PHONE_CALL})
    return told and coding.attitude is None and claim.stance is Stance.REPORTS


def _holders(claim: Claim, coding: Coding) -> list[str]:
    """Give who holds to it: who calls or agrees; for talks, those who talk."""
    if _met(claim, coding):
        people = [p for p in coding.participants if p not in claim.actors]
        return people[:1] or list(claim.actors)
    layer = coding.layers[-1] if coding.layers else None
    if layer is None:
        return list(claim.actors)
    return list(layer.actors or layer.sides)


def _addressees(claim: Claim, coding: Coding, holders: list[str]) -> list[str]:
    named = coding.participants or (*claim.actors, *coding.targets)
    return [n for n in dict.fromkeys(named) if n not in holders]


def _format(claim: Claim, coding: Coding) -> str:
    if _met(claim, coding):
        return next(_TALKS[act] for act in claim.acts if act in _TALKS)
    layer = coding.layers[-1] if coding.layers else None
    many = layer is not None and len(layer.actors or layer.sides) > 1
    return "joint_statement" if many else "statement" if layer else "reported"
