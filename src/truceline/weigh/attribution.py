"""Who did it, as far as the mandate lets the mission say; never from what enemies say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.evidence import Stance
from truceline.model.finding import Attribution, AttributionState
from truceline.model.incident import Reason
from truceline.model.mission import AttributionMode
from truceline.weigh.origins import accused_camps, admits
from truceline.weigh.rules import verified

if TYPE_CHECKING:
    from truceline.weigh.rules import Context

# ICD 203 bands: upper bound in percent, words.
BANDS = (
    (5, "almost no chance"), (20, "very unlikely"), (45, "unlikely"), (55, "roughly even chance"),
    (80, "likely"), (95, "very likely"), (100, "almost certain"),
)  # fmt: skip
_VERIFIED_PARTY_BITS = 3.0


def attribution(ctx: Context) -> Attribution:
    """Give the attribution: acknowledged by the actor itself, or what the mandate's mode allows."""
    if acknowledging := _acknowledging(ctx):
        return _named(AttributionState.ACKNOWLEDGED_BY_PARTY, acknowledging, (_acknowledged(ctx),))
    match ctx.mission.mandate.attribution:
        case AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED:
            sentence = "the mandate withholds attribution unless a party acknowledges the act"
            reason = Reason(rule="mandate", bits=0.0, sentence=sentence)
            return _unnamed(AttributionState.WITHHELD_BY_MANDATE, reason)
        case AttributionMode.ASSESSED:
            return _assessed(ctx)


def _acknowledging(ctx: Context) -> str | None:
    """Give the one side that admits the act; rival admissions leave nobody."""
    sides = {admits(claim, ctx.mission) for claim in ctx.admissions}
    return sides.pop() if len(sides) == 1 else None


def _acknowledged(ctx: Context) -> Reason:
    sentence = f"acknowledged in {len(ctx.admissions)} claims of its own, as far as they go"
    if len(ctx.admissions) == 1:
        sentence = "acknowledged in one claim of its own, as far as it goes"
    return Reason(rule="acknowledged", bits=0.0, sentence=sentence)


def _assessed(ctx: Context) -> Attribution:
    """Assess from third parties on site only; contested and undetermined are full answers."""
    named = {
        camp
        for origin in ctx.origins
        if verified(origin, ctx)
        for claim in ctx.claims
        if claim.id in origin.claims and claim.stance is Stance.CONFIRMS
        for camp in accused_camps(claim, ctx.mission)
    }
    percent = round(
        100 / (1 + 2 ** -(_VERIFIED_PARTY_BITS - (1.0 if ctx.incident.contested else 0.0)))
    )
    if len(named) == 1 and percent >= ctx.mission.mandate.attribution_threshold_percent:
        sentence = "a third party on site names the side that acted"
        reason = Reason(rule="verified_on_site", bits=_VERIFIED_PARTY_BITS, sentence=sentence)
        return _named(AttributionState.ASSESSED, named.pop(), (reason,), percent)
    if ctx.incident.contested:
        sentence = "the sides contradict each other and nobody independent settles it"
        reason = Reason(rule="contested", bits=0.0, sentence=sentence)
        return _unnamed(AttributionState.CONTESTED, reason)
    sentence = "only the accusing side, or nobody, names who acted"
    reason = Reason(rule="interested_only", bits=0.0, sentence=sentence)
    return _unnamed(AttributionState.UNDETERMINED, reason)


def _unnamed(state: AttributionState, reason: Reason) -> Attribution:
    return Attribution(state=state, party=None, likelihood=None, confidence=None, reasons=(reason,))


def _named(
    state: AttributionState, party: str, reasons: tuple[Reason, ...], percent: int | None = None
) -> Attribution:
    band = next(words for top, words in BANDS if (percent or 0) <= top) if percent else None
    return Attribution(
        state=state, party=party, likelihood=band,
        confidence="moderate" if percent else None, reasons=reasons,
    )  # fmt: skip
