"""What was taken back: claims that their own speaker withdrew, and admissions that the same side denies since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import one_line
from truceline.model.evidence import Claim, Stance
from truceline.model.place_time import distance_km
from truceline.weigh.admission import admits, carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from truceline.model.incident import Incident
    from truceline.model.mission import Mission

_SAYS = frozenset({Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS, Stance.ADMITS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Retractions from elsewhere that reach an incident, and claims of it that they may take back.

    A retraction that says too little to be linked takes back what it fits, where it fits in one incident only;
    where it fits in several, what it fits lifts nothing.
    """

    retractions: tuple[Claim, ...] = ()
    doubted: frozenset[str] = frozenset()

    def by_people(self) -> Loose:
        """Give those alone that people read; a doubt comes from people only."""
        kept = tuple(c for c in self.retractions if c.by_people)
        return Loose(retractions=kept, doubted=self.doubted)


NOTHING_LOOSE = Loose()


def loose_retractions(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], mission: Mission
) -> dict[str, Loose]:
    """Give for each incident the retractions that lie outside it and fit claims of it."""
    home = {member: incident.id for incident in incidents for member in incident.members}
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    doubted: defaultdict[str, set[str]] = defaultdict(set)
    for retraction in _retractions(sorted(claims.values(), key=lambda c: (c.dated, c.id)), mission):
        fits = _fits(retraction, incidents, claims, mission)
        if home.get(retraction.id) in fits:
            continue
        if len(fits) == 1:
            found[next(iter(fits))].append(retraction)
        elif retraction.by_people:
            for incident, members in fits.items():
                doubted[incident] |= members
    return {
        i: Loose(retractions=tuple(found[i]), doubted=frozenset(doubted[i]))
        for i in sorted({*found, *doubted})
    }


def _fits(
    retraction: Claim, incidents: Sequence[Incident], claims: Mapping[str, Claim], mission: Mission
) -> dict[str, set[str]]:
    """Give by incident the claims that a retraction may take back."""
    found = {
        i.id: {m for m in i.members if _may_take_back(retraction, claims[m], mission)}
        for i in incidents
    }
    return {incident: members for incident, members in found.items() if members}


def withdrawn(
    claims: Sequence[Claim], mission: Mission, loose: Sequence[Claim] = ()
) -> frozenset[str]:
    """Give the claims whose own speaker retracted them, on the day they were published or later.

    The retraction must have come by the speaker's own channel or through relays of no camp: nobody takes back
    for somebody else. `loose` are retractions that lie outside the incident and fit it.
    """
    inside, outside = _retractions(claims, mission), _retractions(loose, mission)
    return frozenset(
        c.id
        for c in claims
        if any(_takes_back(r, c, mission) for r in inside)
        or any(_may_take_back(r, c, mission) for r in outside)
    )


def _retractions(claims: Iterable[Claim], mission: Mission) -> list[Claim]:
    return [c for c in claims if c.stance is Stance.RETRACTS and c.asserted and carried(c, mission)]


def _takes_back(retraction: Claim, claim: Claim, mission: Mission) -> bool:
    return (
        claim.stance is not Stance.RETRACTS
        and _same_voice(claim, retraction, mission)
        and _since(retraction, claim)
        and same_act(claim, retraction)
    )


def _may_take_back(retraction: Claim, claim: Claim, mission: Mission) -> bool:
    """Answer whether a retraction takes a claim back as far as it says: neither place nor time may differ."""
    if claim.stance not in _SAYS or not _takes_back(retraction, claim, mission):
        return False
    if retraction.span is not None and claim.span is not None:
        most = timedelta(hours=mission.windows.base_hours)
        if retraction.span.gap(claim.span) > most:
            return False
    places = retraction.places and claim.places
    return not places or _near(retraction, claim, mission.windows.max_km)


def _near(a: Claim, b: Claim, most_km: float) -> bool:
    return any(
        distance_km(x, y) <= max(most_km, x.radius_km + y.radius_km)
        for x in a.places
        for y in b.places
    )


def disowned(claims: Sequence[Claim], mission: Mission) -> frozenset[str]:
    """Give the admissions that the same side denies, on the day they were published or later."""
    denials = [
        c for c in claims if c.stance is Stance.DENIES and c.asserted and carried(c, mission)
    ]
    return frozenset(
        claim.id
        for claim in claims
        if (side := admits(claim, mission)) is not None
        and any(
            side in {v.side for v in d.speaker_voices} and _since(d, claim) and same_act(claim, d)
            for d in denials
        )
    )


def _same_voice(a: Claim, b: Claim, mission: Mission) -> bool:
    sources = {v.source for v in a.speaker_voices} & {v.source for v in b.speaker_voices}
    sides = {v.side for v in a.speaker_voices} & {v.side for v in b.speaker_voices}
    return bool(sources - {None}) or bool(sides & set(mission.side_ids))


def _since(later: Claim, earlier: Claim) -> bool:
    return later.dated >= earlier.dated


def same_act(a: Claim, b: Claim) -> bool:
    """Answer whether two claims may be about one act: one of them states none, or they lie on one line."""
    return not a.acts or not b.acts or one_line(a.acts, b.acts)
