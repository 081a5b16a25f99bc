"""What was promised: agreements, their rival readings, and provisions of four classes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from truceline.model.zone import Zone as Zone  # noqa: PLC0414  a part of an agreement

if TYPE_CHECKING:
    from datetime import datetime

    from truceline.model.acts import Act
    from truceline.model.arms import Limit, Notice
    from truceline.model.deed import Unit


class ProvisionKind(StrEnum):
    """What a clause is about, in the field's words (domain page, section 2)."""

    CESSATION_OF_FIRE = "cessation_of_fire"
    NO_OFFENSIVE_ACTION = "no_offensive_action"
    NO_AIR_OPERATIONS = "no_air_operations"
    NO_RECONNAISSANCE = "no_reconnaissance"
    FREEZE_POSITIONS = "freeze_positions"
    NO_REINFORCEMENT_OR_RESUPPLY = "no_reinforcement_or_resupply"
    NO_FORTIFICATION = "no_fortification"
    NO_MINING = "no_mining"
    NO_ATTACK_ON_CIVILIANS = "no_attack_on_civilians"
    PROTECTED_OBJECTS = "protected_objects"
    WITHDRAW_FORCES = "withdraw_forces"
    WITHDRAW_WEAPONS = "withdraw_weapons"
    DISENGAGEMENT_AREA = "disengagement_area"
    DEMILITARISED_ZONE = "demilitarised_zone"
    TERRITORIAL_HANDOVER = "territorial_handover"
    HUMANITARIAN_ACCESS = "humanitarian_access"
    AID_QUOTA = "aid_quota"
    RELEASE_PRISONERS = "release_prisoners"
    PRISONER_LIST = "prisoner_list"
    EXCHANGE_REMAINS = "exchange_remains"
    MISSING_PERSONS = "missing_persons"
    EVACUATE_WOUNDED = "evacuate_wounded"
    LOCALISED_CEASEFIRE = "localised_ceasefire"
    FOREIGN_FIGHTERS_WITHDRAW = "foreign_fighters_withdraw"
    NO_HOSTILE_RHETORIC = "no_hostile_rhetoric"
    FREEDOM_OF_MOVEMENT_MONITORS = "freedom_of_movement_monitors"
    ESTABLISH_MECHANISM = "establish_mechanism"
    LIAISON_HOTLINE = "liaison_hotline"
    NOTIFY_ACTIVITY = "notify_activity"
    NEGOTIATE = "negotiate"
    DISPLACED_RETURN = "displaced_return"
    REOPEN_TRANSPORT = "reopen_transport"
    RETURN_FIRE_EXCEPTION = "return_fire_exception"


class ExceptionKind(StrEnum):
    """On what ground an act is said to be permitted although a provision forbids it."""

    SELF_DEFENCE = "self_defence"
    RETURN_FIRE = "return_fire"
    LAW_ENFORCEMENT = "law_enforcement"
    AGREED_ACTIVITY = "agreed_activity"
    DEMINING = "demining"


class Breach(StrEnum):
    """How grave a breach of a prohibition is, as the mission's terms of reference set it."""

    MINOR = "minor"
    SERIOUS = "serious"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read an instant: local text, its zone, the UTC instant, and who reads it so."""

    id: str
    text: str
    zone: str
    instant: datetime
    held_by: str
    source: str


class Counting(StrEnum):
    """How a period is counted: to the hour, or in whole days that end at midnight."""

    TO_THE_HOUR = "to_the_hour"
    FIRST_DAY_COUNTED = "first_day_counted"
    FIRST_DAY_NOT_COUNTED = "first_day_not_counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time from an anchor: `length` in ISO 8601 (`P60D`); `start` is `entry_into_force`, or a provision to be fulfilled first."""

    length: str
    start: str
    counting: Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One way to read when something is due or takes effect: an instant, or a period from another.

    Exactly one of `instant` and `period` is there.
    """

    id: str
    text: str
    zone: str
    instant: datetime | None
    period: Period | None
    held_by: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """When something became known: `instant` is the first at which it surely was (the end of a bare day)."""

    instant: datetime
    text: str
    by: str
    source: str
    document: bool


class EventKind(StrEnum):
    """What befalls an agreement or some of its provisions."""

    ENTERS_INTO_FORCE = "enters_into_force"
    AMENDS = "amends"
    EXTENDS = "extends"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    CLARIFIES = "clarifies"
    RESERVES = "reserves"
    DENOUNCES = "denounces"
    EXPIRES = "expires"
    TERMINATES = "terminates"
    REPLACED_BY = "replaced_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What befell an agreement: `provisions` it touches (none: all), and rival readings of when or until when.

    `agreement` is the one that replaces it, where the event is of that kind.
    """

    id: str
    kind: EventKind
    text: str
    announced: Announcement
    provisions: tuple[str, ...]
    readings: tuple[Deadline, ...]
    agreement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """What the text leaves open, and what cannot be judged because of it; `event` is the one that opened it."""

    id: str
    about: str
    text: str
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unset:
    """A choice that nobody has made yet, and how to make it."""

    what: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """One published version of the text; `sources` are addresses or source ids."""

    id: str
    language: str
    issuer: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prohibition:
    """What nobody may do. Empty `acts` or `areas` mean that the text does not define them.

    `anywhere`: the text names no area because it holds wherever the act is done. `qualifier` is a word of the text that
    an act has to fit besides and that the text does not define (`offensive`): no machine finds a breach then.
    `exceptions` are those that the clause names in words of its own, without a ground. `limits` say which weapons have
    to be out of which of its areas, `notice` that the acts are forbidden only where they were not announced.
    """

    id: str
    kind: ProvisionKind
    title: str
    acts: tuple[Act, ...] = ()
    by: tuple[str, ...] = ()
    against: str | None = None
    areas: tuple[str, ...] = ()
    breach: Breach | None = None
    anywhere: bool = False
    qualifier: str | None = None
    exceptions: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    notice: Notice | None = None
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What somebody must do: deed, debtors, quantity, and readings of when it is due, none where the text says nothing.

    `unit` is what is owed of, or counted, in all or in every period of a length (`every`, ISO 8601 such as P1D); `areas` are
    the zones that are handed over or left, `limits` which weapons have to be out of them. `prevents` are the forces whose
    acts a debtor has to prevent: a duty of its own, whoever acted.
    """

    id: str
    kind: ProvisionKind
    title: str
    deed: str
    debtors: tuple[str, ...]
    prevents: tuple[str, ...] = ()
    intermediary: str | None = None
    quantity: int | None = None
    unit: Unit | None = None
    every: str | None = None
    areas: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    due: tuple[Deadline, ...] = ()
    acts: tuple[Act, ...] = ()
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """Best-effort words: tracked, never scored as a breach."""

    id: str
    kind: ProvisionKind
    title: str
    holders: tuple[str, ...]
    acts: tuple[Act, ...] = ()
    ambiguities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionClause:
    """A ground on which an act that is forbidden elsewhere may be permitted, and who may invoke it.

    `provisions` are the prohibitions that it excepts from (none named: all of the agreement), `preconditions` what the
    text asks besides, for people to check.
    """

    id: str
    kind: ProvisionKind
    title: str
    ground: ExceptionKind
    by: tuple[str, ...]
    provisions: tuple[str, ...] = ()
    preconditions: tuple[str, ...] = ()
    ambiguities: tuple[str, ...] = ()


Provision = Prohibition | Obligation | Undertaking | ExceptionClause


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The terms as executable data; `readings[0]` is the mission's first, never the only one."""

    id: str
    title: str
    form: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    guarantors: tuple[str, ...]
    texts: tuple[TextVersion, ...]
    readings: tuple[Reading, ...]
    zones: tuple[Zone, ...]
    provisions: tuple[Provision, ...]
    ambiguities: tuple[Ambiguity, ...]
    renews: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    announced: Announcement | None = None
    events: tuple[Event, ...] = ()
    unset: tuple[Unset, ...] = ()

    def exceptions_to(self, prohibition: Prohibition) -> tuple[ExceptionClause, ...]:
        """Give the clauses that except from a prohibition."""
        return tuple(
            p for p in self.provisions
            if isinstance(p, ExceptionClause)
            and (not p.provisions or prohibition.id in p.provisions)
        )  # fmt: skip

    def ambiguity(self, wanted: str) -> Ambiguity:
        """Find an ambiguity by id; the loader guarantees that references exist."""
        return next(a for a in self.ambiguities if a.id == wanted)
