"""What stands behind an incident: its claims and origins, summed up as the table of occurrences asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from truceline.model.evidence import Act, Claim, is_kind_of
from truceline.model.finding import Ground
from truceline.model.incident import Incident
from truceline.model.provenance import Basis
from truceline.weigh.origins import (
    UNKNOWN,
    admits,
    admits_with_a_hedge,
    ground_of,
    origins,
    specific,
)
from truceline.weigh.table import MOST, Admission, Features

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.finding import Origin
    from truceline.model.mission import Mission

_LOOKS = frozenset({Ground.LOOKED, Ground.MONITORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a finding rests on: the claims of the incident, its origins, and the mission."""

    incident: Incident
    claims: tuple[Claim, ...]
    origins: tuple[Origin, ...]
    mission: Mission

    @property
    def admissions(self) -> tuple[Claim, ...]:
        """Claims in which a side that the claim itself says acted admits it, plainly."""
        return tuple(c for c in self.claims if admits(c, self.mission) is not None)

    @property
    def denied(self) -> bool:
        """Answer whether the accused side denies it."""
        return any(how.startswith("denied by") for how in self.incident.contested_how)

    def without(self, origin: Origin) -> Context:
        """Give the same without one origin and what it said."""
        gone = set(origin.claims)
        return context(self.incident, [c for c in self.claims if c.id not in gone], self.mission)


def context(incident: Incident, claims: Sequence[Claim], mission: Mission) -> Context:
    """Gather what a finding rests on."""
    found = origins(claims, mission)
    return Context(incident=incident, claims=tuple(claims), origins=found, mission=mission)


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
    )


def _admission(ctx: Context) -> Admission:
    if ctx.admissions:
        return Admission.PLAIN
    hedged = any(admits_with_a_hedge(c, ctx.mission) is not None for c in ctx.claims)
    return Admission.HEDGED if hedged else Admission.NONE


def _materials(ctx: Context) -> int:
    """Count bodies that examined material, up to two that surely had different material."""
    seen = [
        [c for c in _said(origin, ctx) if c.basis is Basis.EXAMINED and specific(c, ctx.mission)]
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
    return [claim for claim in ctx.claims if claim.id in origin.claims]


def one_line(some: Iterable[Act], others: Iterable[Act]) -> bool:
    """Answer whether two lists of acts have a pair of which one is the other, or a more general word for it."""
    theirs = tuple(others)
    return any(is_kind_of(a, b) or is_kind_of(b, a) for a in some for b in theirs)
