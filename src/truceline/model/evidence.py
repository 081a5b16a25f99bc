"""What came in: items as received, and the claims people make in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from truceline.model.acts import EVENTS, Act, is_kind_of
from truceline.model.coding import TALLY, Modality, TimeKind
from truceline.model.provenance import NO_CHAIN, PERCEIVED, UNSTATED_ACCESS, Access, Basis, Chain

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from truceline.model.agreement import ExceptionKind
    from truceline.model.arms import Arms
    from truceline.model.coding import Coding
    from truceline.model.deed import Deed
    from truceline.model.place_time import Place, Span
    from truceline.model.problem import Problem, Refused


class Channel(StrEnum):
    """The way by which evidence reached the mission."""

    CODED_CLAIMS = "coded_claims"
    TEXT = "text"
    COVERAGE = "coverage"
    RESTRICTIONS = "restrictions"
    TALLIES = "tallies"
    PERSONS = "persons"
    CONTROL = "control"


class Stance(StrEnum):
    """What a speaker does with the proposition."""

    ALLEGES = "alleges"
    DENIES = "denies"
    ADMITS = "admits"
    CONFIRMS = "confirms"
    REPORTS = "reports"
    CALLS_FOR = "calls_for"
    AGREES = "agrees"
    RETRACTS = "retracts"
    UNRESOLVED = "unresolved"


class ClaimKind(StrEnum):
    """What a speaker does that no stance says.

    `ambiguous`: neither says so nor denies; `could_not_determine` and `under_investigation` vouch for nothing; `other_version`: something happened, but
    not by whom or with what was alleged; `withdrawal`: a finding or complaint is taken back.
    """

    AMBIGUOUS = "ambiguous"
    FOUND_NOTHING = "found_nothing"
    COULD_NOT_DETERMINE = "could_not_determine"
    UNDER_INVESTIGATION = "under_investigation"
    OTHER_VERSION = "other_version"
    WITHDRAWAL = "withdrawal"


ACCUSING = frozenset({Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing received; `id` is the sha256 of `content`, the bytes exactly as kept.

    `published` is the start of the mission's day where only a date is known, None when unknown; `archive`
    is the file that a coder named as the copy of the page.
    """

    id: str
    external_id: str | None
    reader: str
    content: bytes
    published: datetime | None
    published_text: str
    outlet: str | None
    url: str | None
    language: str | None
    media_type: str
    profile: str | None = None
    issuer: str | None = None
    translated: bool = False
    archive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One speaker in a claim: the source if the mission knows it, and the side it belongs to.

    `third_party`: belongs to no party; `medium`: passes on others' words unless it has a basis of its own.
    """

    text: str
    source: str | None
    side: str | None
    third_party: bool = False
    medium: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says it: the words as coded, each voice, and who merely relays (adds nothing)."""

    text: str
    voices: tuple[Voice, ...]
    relays: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that speak here, each once, in alphabetical order."""
        return tuple(sorted({voice.side for voice in self.voices if voice.side}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Persons harmed as one claim states it; None where the claim gives no figure."""

    killed: int | None = None
    injured: int | None = None


class ReadingState(StrEnum):
    """Who read the claim: a person coded it; a machine read it and people checked it; a machine alone."""

    CODED = "coded"
    CHECKED = "checked"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says in an item: verbatim quote with offsets, or a coder's paraphrase.

    `reading` is set by the reader that made it: what only a machine read confirms and names nobody.
    `deed` is what it says of carrying an obligation out, `arms` the weapon that it names, `invokes` are the exceptions on whose ground the speaker says the act was permitted.
    `former` are ids that the claim had in earlier releases, by which decisions may still name it.
    """

    id: str
    item: str
    external_id: str | None
    quote: str | None
    start: int | None
    end: int | None
    paraphrase: str | None
    speaker: Speaker | None
    stance: Stance
    acts: tuple[Act, ...]
    act_text: str
    actors: tuple[str, ...]
    places: tuple[Place, ...]
    place_text: str
    unplaced: tuple[str, ...]
    span: Span | None
    time_text: str
    harm: Harm
    hedge: str | None
    published: datetime | None
    outlet: str | None
    url: str | None
    language: str | None
    unresolved: tuple[str, ...]
    reading: ReadingState
    coding: Coding | None = None
    chain: Chain = NO_CHAIN
    basis: Basis = Basis.UNSTATED
    access: Access = UNSTATED_ACCESS
    material: str | None = None
    kind: ClaimKind | None = None
    former: tuple[str, ...] = ()
    invokes: tuple[ExceptionKind, ...] = ()
    deed: Deed | None = None
    arms: Arms | None = None

    @property
    def on_site(self) -> bool:
        """Answer whether who says it was at the place: perceived it, inspected it or measured there."""
        return self.basis in PERCEIVED

    @property
    def dated(self) -> datetime:
        """When it was published; undated items are set aside before linking, ValueError otherwise."""
        if self.published is None:
            msg = f"the claim {self.id} has no date of publication"
            raise ValueError(msg)
        return self.published

    @property
    def by_people(self) -> bool:
        """Answer whether a person coded or checked it, not a machine alone."""
        return self.reading is not ReadingState.READ

    @property
    def aggregate(self) -> bool:
        """Answer whether it sums up a period or area: a tally is never an event of its own."""
        return self.coding is not None and TALLY in self.coding.flags

    @property
    def asserted(self) -> bool:
        """Answer whether it is put forward as a fact of its time: no wish, plan, concern or history."""
        coding = self.coding
        if coding is None:
            return True
        past = coding.time is not None and coding.time.kind is TimeKind.BACKGROUND
        return coding.modality is Modality.ASSERTED and coding.attitude is None and not past

    @property
    def speaker_voices(self) -> tuple[Voice, ...]:
        """Every voice that speaks, none when the speaker is unresolved."""
        return self.speaker.voices if self.speaker else ()

    @property
    def act(self) -> Act:
        """The act coded first, or unresolved."""
        return self.acts[0] if self.acts else Act.UNRESOLVED

    @property
    def hostile(self) -> bool:
        """Answer whether it is about an incident: a known act of hostility, a coded event without one, or an accusation."""
        if not self.asserted or self.aggregate:
            return False
        if self.acts:
            # A person coded the row for the event; what a machine read of a blast, or of a move, may be anything.
            # A deployment that somebody is accused of is told as a breach, and not as a step of carrying out.
            told = EVENTS | ({Act.DEPLOYMENT} if self.stance is Stance.ALLEGES else frozenset())
            coded = self.coding is None and bool(told & set(self.acts))
            return coded or any(is_kind_of(act, Act.HOSTILE_ACT) for act in self.acts)
        if self.stance is Stance.UNRESOLVED:
            return bool(self.actors)
        return self.stance in {Stance.ALLEGES, Stance.DENIES, Stance.ADMITS, Stance.CONFIRMS}


class Sameness(StrEnum):
    """What is repeated: a whole document, or one sentence that stands in several."""

    DOCUMENT = "document"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """Words that stood in an earlier item already: no new claims, but a trace of who repeats whom.

    `share` is the Jaccard similarity of word 4-shingles for documents, 1 for sentences; `claims` are
    the earlier item's claims that the words repeat.
    """

    item: str
    of_item: str
    sameness: Sameness
    start: int
    end: int
    share: float
    claims: tuple[str, ...]
    published: datetime
    outlet: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An item with the file and row it was read from, so that a problem can name its place."""

    item: Item
    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """One file of evidence: the reader that takes it, the folder it must lie in, and its name there.

    `shown` is what it is called in problems and in the report; without a folder the name is a path that a
    person gave, or `-` for standard input.
    """

    reader: str
    folder: Path | None
    name: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one file held; `content` is None when no reader accepted the file.

    `archives` are copies of pages beside a table, each with the id of the item that names it.
    """

    file: EvidenceFile
    content: bytes | None
    arrivals: tuple[Arrival, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Refused, ...] = ()
    archives: tuple[tuple[str, bytes], ...] = ()
