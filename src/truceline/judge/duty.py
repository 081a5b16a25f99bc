"""An obligation or undertaking as the judge sees it: who owes it, who speaks of it, and in what role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of
from truceline.model.agreement import Obligation
from truceline.model.judgement import Role
from truceline.model.mission import SourceRole
from truceline.model.provenance import OWN_BASIS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from truceline.judge.matter import Matter
    from truceline.model.agreement import Agreement, Undertaking
    from truceline.model.evidence import Claim, Voice
    from truceline.model.judgement import ClassificationState
    from truceline.model.mission import Mission
    from truceline.terms.watch import Watch

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation or undertaking with the agreement that it stands in; `past` is when it was due by every reading, None before."""

    mission: Mission
    agreement: Agreement
    provision: Obligation | Undertaking
    past: datetime | None = None

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

    def named(self, claim: Claim) -> bool:
        """Answer whether a claim names a debtor as the one who acts."""
        return bool(self.debtors & {self.mission.camp(side) for side in claim.actors})

    def asks(self, acts: Sequence[Act]) -> bool:
        """Answer whether one of some acts is the deed, or a special case of it."""
        return any(is_kind_of(act, owed) for act in acts for owed in self.provision.acts)

    def bears(self, claim: Claim) -> bool:
        """Answer whether a claim speaks of this deed, by one of its debtors, and of its object."""
        spoken = self.after(claim.dated) and self.asks(claim.acts)
        return spoken and bool(self.owing(claim)) and self._meant(claim) and self._object(claim)

    def after(self, told: datetime) -> bool:
        """Answer whether something was told once the agreement was known; a bare day stands for its end."""
        said = self.agreement.announced
        entries = [reading.instant for reading in self.agreement.readings]
        return told + _DAY > min([*entries, said.instant] if said else entries)

    def _meant(self, claim: Claim) -> bool:
        """Answer whether a claim speaks of this provision: it names it, or names none."""
        named = claim.deed.provisions if claim.deed else ()
        return not named or self.name in named

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that a duty is judged by: the claims that bear on it, the as-of, and what else was recorded."""

    claims: Sequence[Claim]
    as_of: datetime
    matters: Sequence[Matter]
    states: Mapping[tuple[str, str], frozenset[ClassificationState]]
    watch: Watch

    def under(self, agreement: str, incident: str) -> frozenset[ClassificationState]:
        """Give what an incident is under the provisions of an agreement."""
        return self.states.get((agreement, incident), frozenset())
