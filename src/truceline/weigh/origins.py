"""The one function that counts independent origins: who really said it, each counted once.

- Everything a party, its organs and its associated forces say is one origin, and an interested one.
- An outlet that repeats somebody adds nothing; a voice whose speaker is not known could be anybody's
  repeat, so all of them together are at most one origin, and none where a known one speaks.
- A third party that the mission knows is one origin with all its reprints; a summary of others is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.evidence import Claim, Stance, Voice
from truceline.model.finding import Origin
from truceline.model.provenance import OWN_BASIS, PERCEIVED, AccessKind, Basis, ChannelOwner

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.mission import Mission

SUPPORTING = frozenset({Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS, Stance.ADMITS})
UNKNOWN, NO_CAMP = "unknown", "no camp"
_SECOND_HAND = frozenset({Basis.TOLD, Basis.REPEATS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trace:
    """One voice in one claim, traced to its origin."""

    origin: str
    label: str
    interested: bool
    looked: bool
    claim: Claim


def origins(claims: Iterable[Claim], mission: Mission) -> tuple[Origin, ...]:
    """Give the independent origins that support an event, known ones first, in a fixed order."""
    told = [c for c in claims if c.stance in SUPPORTING and c.asserted]
    traces = [t for claim in told for t in _traces(claim, mission)]
    known = sorted({t.origin for t in traces if t.origin != UNKNOWN})
    counted = known or ([UNKNOWN] if traces else [])
    return tuple(_origin(name, [t for t in traces if t.origin == name]) for name in counted)


def _origin(name: str, traces: Sequence[_Trace]) -> Origin:
    claims = {t.claim.id: t.claim for t in traces}
    return Origin(
        id=name,
        label=traces[0].label,
        interested=traces[0].interested,
        on_site=any(t.looked for t in traces),
        claims=tuple(sorted(claims)),
        outlets=len({c.outlet or c.url or c.item for c in claims.values()}),
    )


def _traces(claim: Claim, mission: Mission) -> Iterable[_Trace]:
    if claim.speaker is None:
        return [_nobody_known(claim)]
    found = [_trace(voice, claim, mission) for voice in claim.speaker.voices]
    traces = [trace for trace in found if trace is not None]
    if len(_camps_speaking(claim, mission)) > 1:
        # Both sides in one row: which of them a third voice bears out cannot be told.
        return [trace for trace in traces if trace.interested]
    return traces


def _nobody_known(claim: Claim) -> _Trace:
    label = "a speaker not known"
    return _Trace(origin=UNKNOWN, label=label, interested=True, looked=False, claim=claim)


def _camps_speaking(claim: Claim, mission: Mission) -> set[str]:
    sides = claim.speaker.sides if claim.speaker else ()
    return {mission.camp(side) for side in sides} & set(mission.party_ids)


def _trace(voice: Voice, claim: Claim, mission: Mission) -> _Trace | None:
    """Trace one voice; None where the accused side speaks without admitting anything."""
    if voice.side and mission.camp(voice.side) in mission.party_ids:
        camp = mission.camp(voice.side)
        if camp in accused_camps(claim, mission) and admits(claim, mission) is None:
            told = claim.stance is Stance.ADMITS and bool(_relays(claim, mission))
            return _retold(claim, mission) if told else None
        return _party(camp, claim, mission)
    if not voice.third_party or voice.source is None:
        return _nobody_known(claim)
    if claim.access.kind is AccessKind.ESCORTED:
        # What a side shows is that side's show, whoever looks.
        camp = mission.camp(claim.access.by or "")
        return _party(camp, claim, mission) if camp in mission.party_ids else _nobody_known(claim)
    if claim.basis in _SECOND_HAND or (voice.medium and claim.basis not in OWN_BASIS):
        # A medium that does not say how it knows passes on what others say.
        return _nobody_known(claim)
    return _Trace(
        origin=f"source:{voice.source}", label=_name(voice, mission), interested=False,
        looked=looked_at(claim), claim=claim,
    )  # fmt: skip


def _party(camp: str, claim: Claim, mission: Mission) -> _Trace:
    name = next(party.name for party in mission.parties if party.id == camp)
    label = f"{name} and forces bound through it"
    return _Trace(origin=f"party:{camp}", label=label, interested=True, looked=False, claim=claim)


def looked_at(claim: Claim) -> bool:
    """Answer whether who says this looked at the place itself, let in by nobody who has an interest."""
    return claim.basis in PERCEIVED and claim.access.kind is AccessKind.OWN


def admits(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act here, None where nobody does.

    A known organ must speak, without a hedge, for exactly the side that the claim says acted: a force
    does not admit for the party it is bound through, nor a party for the force. And its words must
    have come by its own channel or, coded by people, through relays of no camp; what another camp or a
    relay nobody knows says of an admission is that relay's allegation.
    """
    side = _owns_up(claim, mission)
    return side if side is not None and _own_or_neutral_channel(claim, side, mission) else None


def _owns_up(claim: Claim, mission: Mission) -> str | None:
    """Give the side whose words, as told here, admit its own act, by whatever channel they came."""
    if claim.stance is not Stance.ADMITS or claim.speaker is None or claim.hedge:
        return None
    if not claim.asserted:
        return None
    sides = set(mission.side_ids)
    speaking = {v.side for v in claim.speaker_voices if v.side in sides}
    known = all(v.source or _statement(claim) for v in claim.speaker_voices)
    acted = set(claim.actors)
    return next(iter(acted)) if known and len(speaking) == 1 and speaking == acted else None


def _statement(claim: Claim) -> bool:
    return claim.coding is not None and claim.coding.profile == "party_statement"


def _own_or_neutral_channel(claim: Claim, side: str, mission: Mission) -> bool:
    """Answer whether words of a side came by a channel that may carry an admission."""
    channels = _relays(claim, mission)
    if claim.by_people:
        return all(relay in {side, NO_CAMP} for relay in channels)
    return claim.chain.channel is ChannelOwner.OWN and all(relay == side for relay in channels)


def _relays(claim: Claim, mission: Mission) -> tuple[str, ...]:
    """Give for each relay the side it belongs to, `NO_CAMP`, or `UNKNOWN` where nobody knows it."""
    relays = claim.chain.relays
    if not relays and claim.chain.channel is ChannelOwner.OTHER:
        return (UNKNOWN,)
    sides = set(mission.side_ids)
    return tuple(NO_CAMP if r.neutral else (r.side if r.side in sides else UNKNOWN) for r in relays)


def _retold(claim: Claim, mission: Mission) -> _Trace:
    """Trace words of a side that somebody else passes on to that somebody: the outermost camp."""
    for relay in reversed(_relays(claim, mission)):
        camp = mission.camp(relay)
        if camp in mission.party_ids and camp not in accused_camps(claim, mission):
            return _party(camp, claim, mission)
    return _nobody_known(claim)


def accused_camps(claim: Claim, mission: Mission) -> set[str]:
    """Give the parties that a claim says acted, forces counted with their party."""
    return {mission.camp(actor) for actor in claim.actors} & set(mission.party_ids)


def _name(voice: Voice, mission: Mission) -> str:
    return next((s.name for s in mission.sources if s.id == voice.source), voice.text)
