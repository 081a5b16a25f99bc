"""What stands behind an incident: its claims and origins, summed up as the table of occurrences asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.model.acts import one_line
from truceline.model.evidence import Claim, ClaimKind, Stance
from truceline.model.finding import Ground
from truceline.model.incident import Incident
from truceline.model.provenance import OWN_BASIS, Basis
from truceline.weigh.admission import UNKNOWN, admits, admits_with_a_hedge, relays
from truceline.weigh.origins import origins
from truceline.weigh.polarity import Polarity
from truceline.weigh.table import MOST, Admission, Features, leaves_traces
from truceline.weigh.taken_back import NOTHING_LOOSE, Loose, disowned, withdrawn
from truceline.weigh.trace import INTERESTED, ground_of, monitors, specific, traces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.finding import Origin
    from truceline.model.mission import Mission
    from truceline.weigh.trace import Trace

_LOOKS = frozenset({Ground.LOOKED, Ground.MONITORED})


@dataclass(frozen=True)
class Context:
    """What a finding rests on: the claims of the incident and the mission, and what follows from them."""

    incident: Incident
    claims: tuple[Claim, ...]
    mission: Mission
    loose: Loose = NOTHING_LOOSE

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """Claims that their own speaker took back."""
        return withdrawn(self.claims, self.mission, self.loose.retractions)

    @cached_property
    def standing(self) -> tuple[Claim, ...]:
        """Claims that nobody took back; what may have been taken back lifts nothing."""
        left = (c for c in self.claims if c.id not in self.withdrawn)
        return tuple(_doubted(c) if c.id in self.loose.doubted else c for c in left)

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Independent origins that say it happened."""
        return origins(self.standing, self.mission)

    @cached_property
    def admissions(self) -> tuple[Claim, ...]:
        """Claims in which a side that the claim itself says acted admits it, plainly, and stands by it."""
        gone = disowned(self.standing, self.mission)
        return tuple(
            c for c in self.standing if admits(c, self.mission) is not None and c.id not in gone
        )

    @cached_property
    def without_interest(self) -> tuple[Trace, ...]:
        """What bodies without an interest say that was not taken back, whatever it does."""
        found = (t for c in self.standing for t in traces(c, self.mission))
        return tuple(t for t in found if t.ground not in INTERESTED)

    @property
    def denied(self) -> bool:
        """Answer whether the accused side denies it."""
        return any(how.startswith("denied by") for how in self.incident.contested_how)

    def without(self, origin: Origin) -> Context:
        """Give the same without one origin and what it said."""
        gone = set(origin.claims)
        left = [c for c in self.claims if c.id not in gone]
        return context(self.incident, left, self.mission, self.loose)

    def found_nothing(self) -> Iterator[Trace]:
        """Give the looks that found nothing of an act that leaves traces."""
        for trace in self.without_interest:
            acts = trace.claim.acts or self.incident.acts
            if trace.does is Polarity.FOUND_NOTHING and leaves_traces(acts):
                yield trace

    def undetermined(self) -> Iterator[Trace]:
        """Give who looked into it and could not determine it, and monitors that still inquire."""
        for trace in self.without_interest:
            kind = trace.claim.kind
            asking = kind is ClaimKind.UNDER_INVESTIGATION and monitors(trace.claim, self.mission)
            if (asking or kind is ClaimKind.COULD_NOT_DETERMINE) and not self._settled(trace):
                yield trace

    def _settled(self, question: Trace) -> bool:
        """Answer whether who left it open has said since, or on that day, that it happened or that it did not."""
        return any(
            t.origin == question.origin
            and t.does is not Polarity.VOUCHES_FOR_NOTHING
            and t.claim.dated >= question.claim.dated
            for t in self.without_interest
        )

    def other_versions(self) -> Iterator[Trace]:
        """Give bodies without an interest that say something happened, but not as it was alleged."""
        return (t for t in self.without_interest if t.claim.kind is ClaimKind.OTHER_VERSION)


def context(
    incident: Incident, claims: Sequence[Claim], mission: Mission, loose: Loose = NOTHING_LOOSE
) -> Context:
    """Gather what a finding rests on; `loose` are retractions from elsewhere that fit it."""
    return Context(incident, tuple(claims), mission, loose)


def _doubted(claim: Claim) -> Claim:
    """Give a claim that may have been taken back: an admission with a hedge, a look as a word."""
    if claim.stance is Stance.ADMITS:
        return replace(claim, hedge=claim.hedge or "may have been taken back")
    return replace(claim, basis=Basis.UNSTATED) if claim.basis in OWN_BASIS else claim


def features(ctx: Context) -> Features:
    """Sum up what stands behind an incident."""
    count = dict.fromkeys(Ground, 0)
    for origin in ctx.origins:
        count[origin.ground] = min(count[origin.ground] + 1, MOST)
    return Features(
        admission=_admission(ctx),
        monitors=count[Ground.MONITORED],
        looks=count[Ground.LOOKED],
        glances=count[Ground.GLANCED],
        examined=count[Ground.EXAMINED],
        materials=_materials(ctx),
        vouching=count[Ground.VOUCHES],
        interested=count[Ground.INTERESTED],
        unknown=count[Ground.UNKNOWN],
        seconded=_seconded(ctx),
        mirrored=ctx.incident.engagement is not None,
        found_nothing=any(ctx.found_nothing()),
        undetermined=any(ctx.undetermined()),
        withdrawn=_all_withdrawn(ctx),
    )


def _admission(ctx: Context) -> Admission:
    if ctx.admissions:
        return Admission.PLAIN
    hedged = any(
        admits(c, ctx.mission) is not None or admits_with_a_hedge(c, ctx.mission) is not None
        for c in ctx.standing
    )
    return Admission.HEDGED if hedged else Admission.NONE


def _all_withdrawn(ctx: Context) -> bool:
    """Answer whether nobody stands by it who once said so."""
    return not ctx.origins and bool(origins(ctx.claims, ctx.mission))


def _materials(ctx: Context) -> int:
    """Count bodies that examined material, up to two that surely had different material."""
    seen = [
        [
            c
            for c in _said(origin, ctx)
            if c.basis is Basis.EXAMINED
            and specific(c, ctx.mission)
            and UNKNOWN not in relays(c, ctx.mission)
        ]
        for origin in ctx.origins
        if not origin.interested
    ]
    apart = any(
        a.material is not None and b.material not in {None, a.material} and one_line(a.acts, b.acts)
        for one, other in combinations(seen, 2)
        for a in one
        for b in other
    )
    return MOST if apart else min(sum(1 for found in seen if found), 1)


def _seconded(ctx: Context) -> bool:
    """Answer whether another known origin says the same act as one that looked."""
    known = [origin for origin in ctx.origins if origin.id != UNKNOWN]
    return any(
        one_line(look.acts, second.acts)
        for origin in known
        if origin.ground in _LOOKS
        for look in _said(origin, ctx)
        if ground_of(look, ctx.mission) in _LOOKS
        for other in known
        if other.id != origin.id
        for second in _said(other, ctx)
    )


def _said(origin: Origin, ctx: Context) -> list[Claim]:
    """Give what an origin says of the act that is alleged; another version is about no act alleged."""
    return [
        claim for claim in ctx.standing
        if claim.id in origin.claims and claim.kind is not ClaimKind.OTHER_VERSION
    ]  # fmt: skip
