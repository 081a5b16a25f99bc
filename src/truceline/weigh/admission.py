"""Admissions: whose words they are, about whose act, and by whose channel they came (ceiling 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.evidence import Claim, Stance
from truceline.model.provenance import ChannelOwner

if TYPE_CHECKING:
    from truceline.model.mission import Mission

UNKNOWN, NO_CAMP = "unknown", "no camp"
# Whoever concedes these concedes what befell, not what was done.
NO_ACT_OF_OWN = frozenset({
    Act.CASUALTIES, Act.EXPLOSION, Act.MINE_EXPLOSION, Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.DISPLACEMENT,
    Act.UNRESOLVED,
})  # fmt: skip


def admits(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act here, None where nobody does.

    A known organ must speak, without a hedge, for exactly the side that the claim says acted: a force
    does not admit for the party it is bound through, nor a party for the force. And its words must
    have come by its own channel or, coded by people, through relays of no camp; what another camp or a
    relay nobody knows says of an admission is that relay's allegation.
    """
    return None if claim.hedge else own_admission(claim, mission)


def admits_with_a_hedge(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act in words that it hedges itself, on its own channel."""
    return own_admission(claim, mission) if claim.hedge and not relays(claim, mission) else None


def own_admission(claim: Claim, mission: Mission) -> str | None:
    """Give the side that admits its own act by a channel that may carry it, hedged or not."""
    side = _owns_up(claim, mission)
    return side if side is not None and _own_or_neutral_channel(claim, side, mission) else None


def _owns_up(claim: Claim, mission: Mission) -> str | None:
    """Give the side whose words, as told here, admit its own act, by whatever channel they came."""
    if claim.stance is not Stance.ADMITS or claim.speaker is None or not claim.asserted:
        return None
    if set(claim.acts) <= NO_ACT_OF_OWN:
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
    channels = relays(claim, mission)
    if claim.by_people:
        return all(relay in {side, NO_CAMP} for relay in channels)
    return claim.chain.channel is ChannelOwner.OWN and all(relay == side for relay in channels)


def carried(claim: Claim, mission: Mission) -> bool:
    """Answer whether words came by their speaker's own channel or through relays of no camp."""
    sides = {voice.side for voice in claim.speaker_voices}
    return all(relay == NO_CAMP or relay in sides for relay in relays(claim, mission))


def relays(claim: Claim, mission: Mission) -> tuple[str, ...]:
    """Give for each relay the side it belongs to, `NO_CAMP`, or `UNKNOWN` where nobody knows it."""
    passed = claim.chain.relays
    if not passed and claim.chain.channel is ChannelOwner.OTHER:
        return (UNKNOWN,)
    sides = set(mission.side_ids)
    return tuple(NO_CAMP if r.neutral else (r.side if r.side in sides else UNKNOWN) for r in passed)
