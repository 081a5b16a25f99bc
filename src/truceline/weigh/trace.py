"""Each voice of a claim traced to who stands behind it: whose interest, on what ground, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.evidence import Claim, ClaimKind, Stance, Voice
from truceline.model.finding import Ground
from truceline.model.mission import SourceRole
from truceline.model.provenance import OWN_BASIS, PERCEIVED, AccessKind, Basis
from truceline.weigh.admission import UNKNOWN, own_admission, relays
from truceline.weigh.polarity import Polarity, polarity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.model.mission import Mission, Source

INTERESTED = frozenset({Ground.UNKNOWN, Ground.INTERESTED})
A_SIDE = "a side with an interest"
NOBODY_KNOWN = "a speaker not known"
# Admiralty grades: D not usually reliable, E unreliable; F, cannot be judged, changes nothing.
_UNRELIABLE = frozenset("DE")
_SECOND_HAND = frozenset({Basis.TOLD, Basis.REPEATS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One voice in one claim, traced to its origin; `does` is what the claim does to the event.

    `voice` names the source itself where the origin is the house that it belongs to.
    """

    origin: str
    label: str
    ground: Ground
    claim: Claim
    voice: str = ""

    @property
    def does(self) -> Polarity:
        """Say what the claim does to the event, said on this ground."""
        return polarity(self.claim, self.ground)


def traces(claim: Claim, mission: Mission) -> Iterable[Trace]:
    """Give the trace of every voice of a claim; none where the accused side speaks and admits nothing."""
    if claim.speaker is None:
        return [_nobody_known(claim)]
    found = [_trace(voice, claim, mission) for voice in claim.speaker.voices]
    known = [trace for trace in found if trace is not None]
    if len(_camps_speaking(claim, mission)) > 1:
        # Both sides in one row: which of them a third voice bears out cannot be told.
        return [trace for trace in known if trace.ground in INTERESTED]
    return known


def _nobody_known(claim: Claim) -> Trace:
    return Trace(origin=UNKNOWN, label=NOBODY_KNOWN, ground=Ground.UNKNOWN, claim=claim)


def _camps_speaking(claim: Claim, mission: Mission) -> set[str]:
    sides = claim.speaker.sides if claim.speaker else ()
    return {mission.camp(side) for side in sides} & set(mission.party_ids)


def _trace(voice: Voice, claim: Claim, mission: Mission) -> Trace | None:
    """Trace one voice; None where the accused side speaks without admitting anything."""
    if voice.side and mission.camp(voice.side) in mission.party_ids:
        camp = mission.camp(voice.side)
        if camp not in accused_camps(claim, mission) or own_admission(claim, mission):
            return _party(camp, claim, mission)
        told = claim.stance is Stance.ADMITS and bool(relays(claim, mission))
        return _retold(claim, mission) if told else None
    source = sources(mission).get(voice.source)
    if not voice.third_party or source is None or source.reliability in _UNRELIABLE:
        return _nobody_known(claim)
    return _third_party(voice, source, claim, mission)


def voice_of(claim: Claim, mission: Mission) -> dict[str, Ground]:
    """Give whose words a claim's are where it is no word on the event: the accused side's own losses, say."""
    camps = {mission.camp(v.side) for v in claim.speaker_voices if v.side} & set(mission.party_ids)
    return {f"party:{camp}": Ground.INTERESTED for camp in sorted(camps)}


def _third_party(voice: Voice, source: Source, claim: Claim, mission: Mission) -> Trace:
    """Trace a source of no side: to itself or its house, or to the side whose house or show it is."""
    chain = _houses(source, mission)
    escort = claim.access.by if claim.access.kind is AccessKind.ESCORTED else None
    owning = _camps((escort, *(s.owner for s in chain)), mission)
    if len(owning) == 1:
        # What a side shows is that side's show, whoever looks.
        return _party(owning[0], claim, mission)
    if owning or claim.access.kind is AccessKind.ESCORTED or claim.basis in _SECOND_HAND:
        return _nobody_known(claim)
    if voice.medium and claim.basis not in OWN_BASIS:
        # A medium that does not say how it knows passes on what others say.
        return _nobody_known(claim)
    if _camps((relay.side for relay in claim.chain.relays), mission):
        # What a side passes on of others may be its own word: no second origin beside it.
        return _nobody_known(claim)
    house = _house(chain, mission)
    return Trace(
        origin=f"source:{house.id}", label=house.name, ground=ground_of(claim, mission),
        claim=claim, voice=source.name if source is not house else "",
    )  # fmt: skip


def _camps(sides: Iterable[str | None], mission: Mission) -> list[str]:
    """Give the parties behind some sides, in alphabetical order."""
    return sorted({mission.camp(side) for side in sides if side} & set(mission.party_ids))


def sources(mission: Mission) -> dict[str | None, Source]:
    """Give the mission's sources by id."""
    return {source.id: source for source in mission.sources}


def _houses(source: Source, mission: Mission) -> tuple[Source, ...]:
    """Give a source with the houses it belongs to, the outermost last: its outlets are one origin."""
    known, chain = sources(mission), [source]
    while (parent := known.get(chain[-1].parent)) is not None and parent not in chain:
        chain.append(parent)
    return tuple(chain)


def _house(chain: tuple[Source, ...], mission: Mission) -> Source:
    """Give the outermost house; where the parents run in a circle, the first of them by id."""
    circle = sources(mission).get(chain[-1].parent) is not None
    return min(chain, key=lambda s: s.id) if circle else chain[-1]


def _party(camp: str, claim: Claim, mission: Mission) -> Trace:
    name = next(party.name for party in mission.parties if party.id == camp)
    label = A_SIDE if mission.withholds else f"{name} and forces bound through it"
    return Trace(origin=f"party:{camp}", label=label, ground=Ground.INTERESTED, claim=claim)


def ground_of(claim: Claim, mission: Mission) -> Ground:
    """Say how a body without an interest knows what it says."""
    if claim.kind is ClaimKind.OTHER_VERSION:
        # Something happened, not what was alleged: no look at what was.
        return Ground.GLANCED if claim.basis in OWN_BASIS else Ground.VOUCHES
    if claim.basis is Basis.EXAMINED:
        return Ground.EXAMINED
    looked = claim.basis in PERCEIVED or (
        # The word says that there was a look.
        claim.kind is ClaimKind.FOUND_NOTHING and claim.basis is Basis.UNSTATED
    )
    if not looked:
        return Ground.VOUCHES
    own = claim.access.kind is AccessKind.OWN
    if specific(claim, mission) and UNKNOWN not in relays(claim, mission):
        # Passed on by nobody known, or on nobody knows whose channel, it may be anybody's word of a look.
        if monitors(claim, mission) and (own or claim.access.kind is AccessKind.UNSTATED):
            return Ground.MONITORED
        if own:
            return Ground.LOOKED
    return Ground.GLANCED


def monitors(claim: Claim, mission: Mission) -> bool:
    """Answer whether monitors speak: of the mission, or named by the agreement."""
    known = {s.id for s in mission.sources if s.role is SourceRole.MONITOR}
    return bool(claim.speaker_voices) and all(v.source in known for v in claim.speaker_voices)


def specific(claim: Claim, mission: Mission) -> bool:
    """Answer whether a claim says what, where and when, none of them wider than the mission compares."""
    span, windows = claim.span, mission.windows
    narrow = any(place.radius_km <= windows.max_km for place in claim.places)
    timed = span is not None and span.width <= timedelta(hours=windows.max_hours)
    return bool(claim.acts) and narrow and timed


def _retold(claim: Claim, mission: Mission) -> Trace:
    """Trace words of a side that somebody else passes on to that somebody: the outermost camp."""
    for relay in reversed(relays(claim, mission)):
        camp = mission.camp(relay)
        if camp in mission.party_ids and camp not in accused_camps(claim, mission):
            return _party(camp, claim, mission)
    return _nobody_known(claim)


def accused_camps(claim: Claim, mission: Mission) -> set[str]:
    """Give the parties that a claim says acted, forces counted with their party."""
    return {mission.camp(actor) for actor in claim.actors} & set(mission.party_ids)
