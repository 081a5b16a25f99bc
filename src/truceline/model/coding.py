"""How a claim was read from a text: every field with the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.place_time import Place

NARRATOR = "narrator"
# The flag of a claim that sums up a period or an area, such as a daily report's total.
TALLY = "tally"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Words of a text with their place in it, in code points of the canonical text."""

    text: str
    start: int
    end: int


class Modality(StrEnum):
    """How the proposition is put: as a fact, a possibility, a plan, a wish or a condition."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    PLANNED = "planned"
    WANTED = "wanted"
    CONDITIONAL = "conditional"


class Attitude(StrEnum):
    """What a speaker feels about something taken for known; it is no evidence for it."""

    CONCERN = "concern"
    CONDEMNS = "condemns"
    SUPPORTS = "supports"


class TimeKind(StrEnum):
    """What the time is the time of; only an occurrence dates an event."""

    OCCURRENCE = "occurrence"
    REPORTING = "reporting"
    VALIDITY = "validity"
    BACKGROUND = "background"


class Granularity(StrEnum):
    """The smallest unit that the words name."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"
    VAGUE = "vague"


class ZoneBasis(StrEnum):
    """Why a clock time is taken in a zone."""

    STATED = "stated"
    PLACE = "place"
    DATELINE = "dateline"
    ASSUMED = "assumed"


class PlaceRole(StrEnum):
    """What a place has to do with the claim; only `scene` says where it happened."""

    SCENE = "scene"
    ORIGIN = "origin"
    VENUE = "venue"
    MENTIONED = "mentioned"


class Measure(StrEnum):
    """What is counted."""

    KILLED = "killed"
    INJURED = "injured"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    REMAINS = "remains"
    RELEASED = "released"
    EXPLOSIONS = "explosions"
    PROJECTILES = "projectiles"
    SHOTS = "shots"
    VIOLATIONS = "violations"
    EQUIPMENT = "equipment"
    FIGHTERS = "fighters"


class Qualifier(StrEnum):
    """How exactly a count is stated."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of attribution: who is said to say it, from the outlet inwards.

    `inferred`: the text does not repeat the name here, it was carried over from before.
    """

    said: Cited | None
    cue: Cited | None
    actors: tuple[str, ...]
    sides: tuple[str, ...]
    role: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTime:
    """The words that date a claim and how they were understood.

    `anchor` is the date from which relative words were counted, as YYYY-MM-DD.
    """

    cited: Cited | None
    kind: TimeKind
    granularity: Granularity
    zone_basis: ZoneBasis
    anchor: str | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number with what it counts; `low` and `high` are None where that end is open."""

    measure: Measure
    low: int | None
    high: int | None
    qualifier: Qualifier
    cited: Cited
    side: str | None = None
    status: str | None = None
    cumulative: bool = False
    cumulative_since: str | None = None

    @property
    def stated(self) -> int | None:
        """The number in the words, where there is one: 50 for `more than 50`, whose least is 51."""
        if self.qualifier is Qualifier.MORE_THAN and self.low is not None:
            return self.low - 1
        if self.qualifier is Qualifier.LESS_THAN and self.high is not None:
            return self.high + 1
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRole:
    """A place that is not the scene: where it came from, where it was said, or only named."""

    place: Place
    role: PlaceRole
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Who read the claim: coder, version, the names of the rules that fired."""

    name: str
    version: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How one claim of a text was read; `layers` run from the outlet inwards.

    `denied` is the proposition that a denial denies; `origins` are states or places that people or
    things came from; `flags` name what a reader must know;
    `agreement` counts the coders that gave this claim, of those that read the text.
    """

    profile: str
    layers: tuple[Layer, ...]
    modality: Modality
    attitude: Attitude | None
    hedges: tuple[Cited, ...]
    denied: Cited | None
    direct: bool
    cues: tuple[Cited, ...]
    actor_words: tuple[Cited, ...]
    targets: tuple[str, ...]
    participants: tuple[str, ...]
    instruments: tuple[Cited, ...]
    origins: tuple[str, ...]
    other_places: tuple[PlacedRole, ...]
    time: ReadTime | None
    counts: tuple[Count, ...]
    coders: tuple[Coder, ...]
    agreement: tuple[int, int]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question for a person: two coders read one field of a claim differently.

    `readings` are pairs of coder and value, in the order of the coders' names.
    """

    item: str
    claim: str
    field: str
    readings: tuple[tuple[str, str], ...]
    start: int
    end: int
