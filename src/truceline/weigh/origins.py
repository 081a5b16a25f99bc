"""The one function that counts independent origins: who really said it, each counted once.

- Everything a party, its organs and its associated forces say is one origin, and an interested one.
- An outlet that repeats somebody adds nothing; a voice whose speaker is not known could be anybody's
  repeat, so all of them together are at most one origin, and none where a known one speaks.
- A third party that the mission knows is one origin with all its reprints; a summary of others is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.evidence import Claim, Stance, Voice
from truceline.model.finding import Ground, Origin
from truceline.model.mission import SourceRole
from truceline.model.provenance import OWN_BASIS, PERCEIVED, AccessKind, Basis, ChannelOwner

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.mission import Mission

# From the weakest to the strongest.
GROUNDS = tuple(Ground)
INTERESTED = frozenset({Ground.UNKNOWN, Ground.INTERESTED})
SUPPORTING = frozenset({Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS, Stance.ADMITS})
UNKNOWN, NO_CAMP = "unknown", "no camp"
_SECOND_HAND = frozenset({Basis.TOLD, Basis.REPEATS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trace:
    """One voice in one claim, traced to its origin."""

    origin: str
    label: str
    ground: Ground
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
        ground=max((t.ground for t in traces), key=GROUNDS.index),
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
        return [trace for trace in traces if trace.ground in INTERESTED]
    return traces


def _nobody_known(claim: Claim) -> _Trace:
    label = "a speaker not known"
    return _Trace(origin=UNKNOWN, label=label, ground=Ground.UNKNOWN, claim=claim)


def _camps_speaking(claim: Claim, mission: Mission) -> set[str]:
    sides = claim.speaker.sides if claim.speaker else ()
    return {mission.camp(side) for side in sides} & set(mission.party_ids)


def _trace(voice: Voice, claim: Claim, mission: Mission) -> _Trace | None:
    """Trace one voice; None where the accused side speaks without admitting anything."""
    if voice.side and mission.camp(voice.side) in mission.party_ids:
        camp = mission.camp(voice.side)
        if camp not in accused_camps(claim, mission) or _own_admission(claim, mission):
            return _party(camp, claim, mission)
        told = claim.stance is Stance.ADMITS and bool(_relays(claim, mission))
        return _retold(claim, mission) if told else None
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
        origin=f"source:{voice.source}", label=_name(voice, mission),
        ground=ground_of(claim, mission), claim=claim,
    )  # fmt: skip


def _party(camp: str, claim: Claim, mission: Mission) -> _Trace:
    name = next(party.name for party in mission.parties if party.id == camp)
    label = f"{name} and forces bound through it"
    return _Trace(origin=f"party:{camp}", label=label, ground=Ground.INTERESTED, claim=claim)


def ground_of(claim: Claim, mission: Mission) -> Ground:
    """Say how a body without an interest knows what it says."""
    if claim.basis is Basis.EXAMINED:
        return Ground.EXAMINED
    if claim.basis not in PERCEIVED:
        return Ground.VOUCHES
    own = claim.access.kind is AccessKind.OWN
    if specific(claim, mission):
        if _monitors(claim, mission) and (own or claim.access.kind is AccessKind.UNSTATED):
            return Ground.MONITORED
        if own:
            return Ground.LOOKED
    return Ground.GLANCED


def _monitors(claim: Claim, mission: Mission) -> bool:
    monitors = {s.id for s in mission.sources if s.role is SourceRole.MONITOR}
    return all(voice.source in monitors for voice in claim.speaker_voices)


def specific(claim: Claim, mission: Mission) -> bool:
    """Answer whether a claim says what, where and when, none of them wider than the mission compares."""
    span, windows = claim.span, mission.windows
    narrow = any(place.radius_km <= windows.max_km for place in claim.places)
    timed = span is not None and span.width <= timedelta(hours=windows.max_hours)
    return bool(claim.acts) and narrow and timed


def admits(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act here, None where nobody does.

    A known organ must speak, without a hedge, for exactly the side that the claim says acted: a force
    does not admit for the party it is bound through, nor a party for the force. And its words must
    have come by its own channel or, coded by people, through relays of no camp; what another camp or a
    relay nobody knows says of an admission is that relay's allegation.
    """
    return None if claim.hedge else _own_admission(claim, mission)


def admits_with_a_hedge(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act in words that it hedges itself, on its own channel."""
    return _own_admission(claim, mission) if claim.hedge and not _relays(claim, mission) else None


def _own_admission(claim: Claim, mission: Mission) -> str | None:
    side = _owns_up(claim, mission)
    return side if side is not None and _own_or_neutral_channel(claim, side, mission) else None


def _owns_up(claim: Claim, mission: Mission) -> str | None:
    """Give the side whose words, as told here, admit its own act, by whatever channel they came."""
    if claim.stance is not Stance.ADMITS or claim.speaker is None:
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
