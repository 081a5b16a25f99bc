"""Who says what of an obligation: by its deed, its debtor and its object, never by a word that they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Obligation
from truceline.model.deed import Progress
from truceline.model.evidence import Stance, Voice
from truceline.model.judgement import Position, Role
from truceline.model.mission import SourceRole
from truceline.model.provenance import OWN_BASIS, Basis
from truceline.terms.control import CONTESTED
from truceline.terms.ground import on_ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from truceline.model.agreement import Agreement, Undertaking
    from truceline.model.deed import Quantity, Unit
    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission
    from truceline.model.zone import Control, Zone

_DAY = timedelta(days=1)
_DENIED = {
    Progress.OFFERED: Progress.REFUSED, Progress.REFUSED: Progress.OFFERED,
    Progress.BEGUN: Progress.NOT_DONE, Progress.PARTLY_DONE: Progress.NOT_DONE,
    Progress.DONE: Progress.NOT_DONE, Progress.NOT_DONE: Progress.DONE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation or undertaking with the agreement that it stands in."""

    mission: Mission
    agreement: Agreement
    provision: Obligation | Undertaking

    @property
    def name(self) -> str:
        """The full id, `AGREEMENT/PROVISION`."""
        return f"{self.agreement.id}/{self.provision.id}"

    @property
    def debtors(self) -> frozenset[str]:
        """The camps, or bodies, that owe it."""
        p = self.provision
        owed = p.debtors if isinstance(p, Obligation) else p.holders
        return frozenset(self.mission.camp(side) for side in owed)

    @property
    def parties(self) -> frozenset[str]:
        """The camps of the parties to the agreement."""
        return frozenset(self.mission.camp(side) for side in self.agreement.parties)

    def owing(self, claim: Claim) -> frozenset[str]:
        """Give the debtors of whose part a claim speaks: all where it names nobody."""
        named = frozenset(self.mission.camp(side) for side in claim.actors)
        return self.debtors & named if named else self.debtors

    def asks(self, acts: Sequence[Act]) -> bool:
        """Answer whether one of some acts is the deed, or a special case of it."""
        return any(is_kind_of(act, owed) for act in acts for owed in self.provision.acts)

    def bears(self, claim: Claim) -> bool:
        """Answer whether a claim speaks of this deed, by one of its debtors, and of its object."""
        spoken = self.after(claim.dated) and self.asks(claim.acts)
        return spoken and bool(self.owing(claim)) and self._object(claim)

    def after(self, told: datetime) -> bool:
        """Answer whether something was told once the agreement was known; a bare day stands for its end."""
        said = self.agreement.announced
        entries = [reading.instant for reading in self.agreement.readings]
        return told + _DAY > min([*entries, said.instant] if said else entries)

    def _object(self, claim: Claim) -> bool:
        unit = self.provision.unit if isinstance(self.provision, Obligation) else None
        told = claim.deed.unit if claim.deed else None
        return unit is None or told is None or told is unit

    def role(self, voice: Voice, claim: Claim) -> Role:
        """Say in what role a voice speaks of the deed in a claim; a medium passes on, unless it looked itself."""
        if voice.medium and claim.basis not in OWN_BASIS:
            return Role.PRESS
        return self.role_of(voice, self.owing(claim))

    def role_of(self, voice: Voice, owing: frozenset[str]) -> Role:
        """Say in what role a voice speaks of the part of some debtors."""
        source = next((s for s in self.mission.sources if s.id == voice.source), None)
        camp = self.mission.camp(voice.side) if voice.side else None
        theirs = isinstance(self.provision, Obligation) and self.provision.intermediary
        if source and (source.id == theirs or source.role is SourceRole.INTERMEDIARY):
            return Role.INTERMEDIARY
        if camp in owing:
            return Role.DEBTOR
        if camp in self.parties | self.debtors:
            return Role.CREDITOR
        mediates = {*self.agreement.mediators, *self.agreement.guarantors}
        if camp in mediates or (source and source.role is SourceRole.MEDIATOR):
            return Role.MEDIATOR
        independent = voice.third_party and camp is None and not voice.medium
        return Role.INDEPENDENT if independent else Role.PRESS


def positions(duty: Duty, claims: Sequence[Claim]) -> tuple[Position, ...]:
    """Give the last word of everybody on the progress of a deed, each debtor's part for itself; who took it back has none."""
    last: dict[tuple[Role, str, frozenset[str]], tuple[Claim, Progress | None]] = {}
    for claim in sorted(claims, key=lambda c: (c.dated, c.id)):
        if (progress := said_of(claim)) is None and claim.stance is not Stance.RETRACTS:
            continue
        for voice in claim.speaker_voices:
            key = (duty.role(voice, claim), _who(voice), duty.owing(claim))
            last[key] = (claim, progress)
    return tuple(
        Position(
            role=role, who=who, debtors=tuple(sorted(owing)), progress=progress,
            basis=claim.basis, claim=claim.id, at=_at(claim), published=claim.dated,
        )
        for (role, who, owing), (claim, progress) in sorted(
            last.items(), key=lambda pair: (pair[0][0], pair[0][1], sorted(pair[0][2]))
        )
        if progress is not None
    )  # fmt: skip


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


def said_of(claim: Claim) -> Progress | None:
    """Give how far a deed is by a claim that is put forward as a fact; a denial says the contrary."""
    progress = claim.deed.progress if claim.deed and claim.asserted else None
    if progress is None or claim.stance is Stance.RETRACTS:
        return None
    return _DENIED[progress] if claim.stance is Stance.DENIES else progress


def quantities(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Voice, Unit, Quantity]]:
    """Give every quantity that somebody states of a deed with its unit, in the order of publication."""
    for claim in sorted(claims, key=lambda c: (c.dated, c.id)):
        counts = claim.asserted and claim.stance not in {Stance.DENIES, Stance.RETRACTS}
        deed = claim.deed if counts else None
        if deed is not None and deed.quantity is not None and deed.unit is not None:
            for voice in claim.speaker_voices:
                yield claim, voice, deed.unit, deed.quantity


def vouches(position: Position) -> bool:
    """Answer whether somebody knows more than that another said so."""
    return position.basis is not Basis.REPEATS


def _who(voice: Voice) -> str:
    """Name a voice by its source or side; nobody else is named."""
    return voice.source or voice.side or "unnamed"


def _at(claim: Claim) -> datetime:
    """Give when the deed was at that point: by the stated time, else by the publication."""
    return claim.span.latest if claim.span else claim.dated
