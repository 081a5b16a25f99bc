"""An area is handed over or left: the last map of control of every source says how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.agreement import Obligation
from truceline.model.deed import Progress
from truceline.model.evidence import Voice
from truceline.model.judgement import Position
from truceline.model.provenance import Basis
from truceline.terms.control import CONTESTED
from truceline.terms.ground import on_ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from truceline.judge.duty import Duty
    from truceline.model.mission import Mission
    from truceline.model.zone import Control, Zone


def mapped(duty: Duty, as_of: datetime) -> Iterator[Position]:
    """Give what each source's last map of control says of zones that are to be handed over or left.

    Done where the debtor holds nothing of them and others hold all, by every outline; not done where it holds all; else
    partly. A map counts from its time on and once the agreement was known. Where its edge is so rough that a quarter of a
    zone may be on either side it says nothing. Maps of control count for obligations alone, never for who fired.
    """
    zones = _left(duty)
    maps = [c for c in duty.mission.control if c.start <= as_of and duty.after(c.reported)]
    for source in sorted({control.source for control in maps}) if zones else ():
        own = [c for c in maps if c.source == source]
        at = max(c.start for c in own)
        now = [c for c in own if c.end is None or c.end > at]
        progress = _held(duty, zones, now)
        if progress is not None:
            voice = Voice(
                text=source, source=source, side=_owner(duty.mission, source), third_party=True
            )
            yield Position(
                role=duty.role_of(voice, duty.debtors), who=source, debtors=tuple(sorted(duty.debtors)),
                progress=progress, basis=Basis.EXAMINED, claim="+".join(sorted(c.id for c in now)),
                at=at, published=max(c.reported for c in now),
            )  # fmt: skip


_LEAVING = frozenset({Act.HANDOVER_OF_AREA, Act.WITHDRAWAL})
_LEAST, _MOST = 0.01, 0.25


def _left(duty: Duty) -> list[Zone]:
    """Give the zones that a duty asks to leave; those made up of places have no edge to hold against a map."""
    provision = duty.provision
    if not isinstance(provision, Obligation) or not set(provision.acts) & _LEAVING:
        return []
    asked = [z for z in duty.agreement.zones if z.id in provision.areas]
    return [] if any(z.of for z in asked) else asked


def _owner(mission: Mission, source: str) -> str | None:
    return next((s.owner for s in mission.sources if s.id == source), None)


def _held(duty: Duty, zones: Sequence[Zone], now: Sequence[Control]) -> Progress | None:
    """Say how far a deed is by who holds its zones, by each of their outlines; None where the map leaves it open."""
    camp = duty.mission.camp
    theirs = [c.outline for c in now if camp(c.side) in duty.debtors]
    others = [c.outline for c in now if camp(c.side) not in duty.debtors and c.side != CONTESTED]
    grounds = [ground for zone in zones for ground in on_ground(zone)]
    rough = max((c.outline.accuracy_km for c in now), default=0.0)
    edge = max(_LEAST, *(ground.edge_share(rough) for ground in grounds))
    kept = [ground.covered_by(theirs) for ground in grounds]
    gone = [ground.covered_by(others) for ground in grounds]
    if edge > _MOST:
        return None
    if max(kept) <= edge:
        return Progress.DONE if min(gone) >= 1 - edge else None
    if min(kept) >= 1 - edge:
        return Progress.NOT_DONE
    return Progress.PARTLY_DONE if max(gone) > edge else None
