"""Who did it, as far as the mandate lets the mission say; never from what enemies say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.evidence import Stance
from truceline.model.finding import LADDER, Attribution, AttributionState, Ground
from truceline.model.incident import Reason
from truceline.model.mission import AttributionMode
from truceline.weigh.admission import admits
from truceline.weigh.table import rank
from truceline.weigh.trace import accused_camps, ground_of

if TYPE_CHECKING:
    from truceline.model.finding import Occurrence
    from truceline.weigh.features import Context

_LOOKED = frozenset({Ground.LOOKED, Ground.MONITORED})


def attribution(ctx: Context, occurrence: Occurrence) -> Attribution:
    """Give the attribution: acknowledged by the actor itself, or what the mandate's mode allows.

    Nobody is named for what is not established at the level from which the mandate classifies.
    """
    established = _established(occurrence, ctx.mission.mandate.classify_from)
    if established and (acknowledging := _acknowledging(ctx)):
        return _named(AttributionState.ACKNOWLEDGED_BY_PARTY, acknowledging, (_acknowledged(ctx),))
    match ctx.mission.mandate.attribution:
        case AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED:
            sentence = "not in the mandate, unless the party that acted acknowledges it"
            reason = Reason(rule="mandate", sentence=sentence)
            return _unnamed(AttributionState.WITHHELD_BY_MANDATE, reason)
        case AttributionMode.ASSESSED:
            return _assessed(ctx, established=established)


def _established(occurrence: Occurrence, needed: Occurrence) -> bool:
    return occurrence in LADDER and needed in LADDER and rank(occurrence) >= rank(needed)


def _acknowledging(ctx: Context) -> str | None:
    """Give the one side that admits the act; rival admissions leave nobody."""
    sides = {admits(claim, ctx.mission) for claim in ctx.admissions}
    return sides.pop() if len(sides) == 1 else None


def _acknowledged(ctx: Context) -> Reason:
    sentence = f"acknowledged in {len(ctx.admissions)} claims of its own, as far as they go"
    if len(ctx.admissions) == 1:
        sentence = "acknowledged in one claim of its own, as far as it goes"
    return Reason(rule="acknowledged", sentence=sentence)


def _assessed(ctx: Context, *, established: bool) -> Attribution:
    """Assess from bodies that looked for themselves; contested and undetermined are full answers."""
    looked = {c for o in ctx.origins if o.ground in _LOOKED for c in o.claims}
    named = {
        camp
        for claim in ctx.claims
        if claim.id in looked and ground_of(claim, ctx.mission) in _LOOKED
        and claim.stance is Stance.CONFIRMS
        for camp in accused_camps(claim, ctx.mission)
    }  # fmt: skip
    # Who is named by the version that was rejected is not named by it.
    named -= {c for t in ctx.other_versions() for c in accused_camps(t.claim, ctx.mission)}
    if established and len(named) == 1:
        sentence = "a body without an interest that looked at the place names the side that acted"
        reason = Reason(rule="looked_and_named", sentence=sentence)
        return _named(AttributionState.ASSESSED, named.pop(), (reason,))
    if ctx.incident.contested:
        sentence = "the sides contradict each other and nobody independent settles it"
        return _unnamed(AttributionState.CONTESTED, Reason(rule="contested", sentence=sentence))
    sentence = "only the accusing side, or nobody, names who acted"
    if not established:
        sentence = f"who acted is asked only of what is {ctx.mission.mandate.classify_from} or more"
    reason = Reason(rule="interested_only", sentence=sentence)
    return _unnamed(AttributionState.UNDETERMINED, reason)


def _unnamed(state: AttributionState, reason: Reason) -> Attribution:
    return Attribution(state=state, party=None, likelihood=None, confidence=None, reasons=(reason,))


def _named(state: AttributionState, party: str, reasons: tuple[Reason, ...]) -> Attribution:
    """Name a side; words of likelihood wait until they are calibrated."""
    return Attribution(state=state, party=party, likelihood=None, confidence=None, reasons=reasons)
