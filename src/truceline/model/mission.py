"""Who we are: mandate, sides, sources, gazetteer and settings of one mission."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of, lineage
from truceline.model.counting import CountingRule as CountingRule  # noqa: PLC0414  a setting of the mission
from truceline.model.finding import LADDER, CasualtyRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from truceline.model.agreement import Agreement, Unset
    from truceline.model.counting import ReportedTally
    from truceline.model.coverage import CoverageRecord, Restriction
    from truceline.model.deed import SealedPerson
    from truceline.model.finding import Occurrence, TableRow
    from truceline.model.pack import Pack
    from truceline.model.place_time import GazetteerEntry
    from truceline.model.zone import Control


class AttributionMode(StrEnum):
    """Whether the mission may name who did it."""

    WITHHELD_UNLESS_ACKNOWLEDGED = "withheld_unless_acknowledged"
    ASSESSED = "assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What the mission may say, and from which strength on."""

    text: str
    attribution: AttributionMode
    classify_from: Occurrence

    def reached(self, occurrence: Occurrence) -> bool:
        """Answer whether an occurrence is strong enough to be classified."""
        level = LADDER.index(self.classify_from)
        return occurrence in LADDER and LADDER.index(occurrence) >= level


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A signatory and its names by language."""

    id: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The English name, or the id where none is given."""
        return dict(self.names).get("en", self.id)


class Bond(StrEnum):
    """How a force that signed nothing stands to the agreements: bound by their words, beside a party, or merely named."""

    BOUND = "bound"
    ASSOCIATED = "associated"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociatedForce:
    """A force that signed nothing; it shares the interest of the party `bound_through`, where there is one."""

    id: str
    bound_through: str | None
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...] = ()
    bond: Bond = Bond.BOUND

    @property
    def name(self) -> str:
        """The English name, or the id where none is given."""
        return dict(self.names).get("en", self.id)


class BodyPower(StrEnum):
    """What a body may do by its terms."""

    CONVENE = "convene"
    COORDINATE = "coordinate"
    ENFORCE = "enforce"
    INVESTIGATE = "investigate"
    MEDIATE = "mediate"
    MONITOR = "monitor"
    REPORT = "report"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that an agreement sets up: who sits in it (sides, states, sources), where, and what it may do."""

    id: str
    name: str
    agreement: str
    members: tuple[str, ...]
    seat: str | None
    powers: tuple[BodyPower, ...]


class SourceRole(StrEnum):
    """What kind of voice a source is."""

    PARTY_ORGAN = "party_organ"
    THIRD_PARTY = "third_party"
    INTERMEDIARY = "intermediary"
    MEDIATOR = "mediator"
    MEDIA = "media"
    JOINT = "joint"
    MONITOR = "monitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A known voice: whose it is (`owner`, None for nobody's), its parent, its Admiralty grade A-F.

    `texts_may_leave`: its texts may be sent to a language model outside this machine. `licence`: under what its
    words may be published, None where that is not known.
    """

    id: str
    name: str
    role: SourceRole
    owner: str | None
    parent: str | None
    reliability: str
    aliases: tuple[str, ...] = ()
    texts_may_leave: bool = False
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """What is known of a text that carries no heading of its own, by the sha256 of its bytes."""

    sha256: str
    published: datetime | None
    published_text: str
    outlet: str | None
    url: str | None
    language: str | None
    profile: str | None
    issuer: str | None
    translated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCoder:
    """The language model whose recorded replies are a mission's second reading of each text."""

    url: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How far apart two claims may be and still be compared (engine page, "Linking")."""

    base_km: float = 2.0
    max_km: float = 25.0
    base_hours: float = 2.0
    max_hours: float = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the mission who may decide, with every name under which they do."""

    id: str
    names: tuple[str, ...]
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """An act that only one side has the means for: its name tells who acted, and is printed only where said so."""

    act: Act
    side: str
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a mission's own coding may be published: its licence (SPDX where there is one), who made it, how to cite it."""

    licence: str
    authors: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """Everything a run needs to know besides the evidence; `version` is the digest of its files.

    `means` is None where the mission does not say which acts only one side has the means for. `tighter` gives rows of the table of occurrences that give less here than elsewhere, each with what it gives.
    """

    id: str
    title: str
    version: str
    zone: tzinfo
    zone_name: str
    zone_rule: str
    report_from: date
    mandate: Mandate
    parties: tuple[Party, ...]
    forces: tuple[AssociatedForce, ...]
    outsiders: tuple[str, ...]
    third_party_classes: tuple[str, ...]
    sources: tuple[Source, ...]
    counting_rule: CountingRule
    name_policy: str
    agreements: tuple[Agreement, ...]
    gazetteer: tuple[GazetteerEntry, ...]
    coverage: tuple[CoverageRecord, ...]
    windows: Windows
    evidence: tuple[tuple[str, str], ...]
    languages: tuple[str, ...] = ()
    pack: Pack | None = None
    known_texts: tuple[KnownText, ...] = ()
    second_coder: SecondCoder | None = None
    people: tuple[Person, ...] = ()
    means: tuple[Means, ...] | None = None
    casualty_rule: CasualtyRule = CasualtyRule.HIERARCHY
    tighter: tuple[tuple[TableRow, Occurrence], ...] = ()
    bodies: tuple[Body, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    tallies: tuple[ReportedTally, ...] = ()
    persons: tuple[SealedPerson, ...] = ()
    control: tuple[Control, ...] = ()
    unset: tuple[Unset, ...] = ()
    publication: Publication | None = None

    def camp(self, side: str) -> str:
        """Give the party whose interest a side shares: itself, or the party a force stands beside."""
        for force in self.forces:
            if force.id == side:
                return force.bound_through or side
        return side

    @property
    def withholds(self) -> bool:
        """Answer whether the mandate withholds who acted: then no side stands on an incident or a finding."""
        return self.mandate.attribution is AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED

    def told_acts(self, acts: Iterable[Act]) -> tuple[Act, ...]:
        """Give acts as they may be printed: a more general one for an act whose name would tell who acted."""
        hidden = [m.act for m in self.means or () if self.withholds and not m.printed]
        told = (
            next(
                (a for a in lineage(act) if not any(is_kind_of(a, h) for h in hidden)),
                Act.UNRESOLVED,
            )
            for act in acts
        )
        return tuple(dict.fromkeys(told))

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The signatories' ids in alphabetical order."""
        return tuple(sorted(party.id for party in self.parties))

    @property
    def side_ids(self) -> tuple[str, ...]:
        """Parties and associated forces in alphabetical order."""
        return tuple(sorted([*self.party_ids, *(force.id for force in self.forces)]))
