"""What is the same event: links, incidents and contested engagements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.acts import Act
    from truceline.model.place_time import Place, Span


class Topic(StrEnum):
    """What a group of claims is about; only `incident` groups are events that are counted."""

    INCIDENT = "incident"
    FOREIGN_FIGHTERS = "foreign_fighters"
    AGREEMENT = "agreement"
    OBLIGATION = "obligation"
    STATEMENT = "statement"


class LinkKind(StrEnum):
    """Two claims of one event, or the other side's report of it with the roles swapped."""

    SAME_EVENT = "same_event"
    MIRROR = "mirror"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of an argument: the rule, one sentence, and its weight in bits (log2 odds) where links add up."""

    rule: str
    sentence: str
    bits: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims (a < b) that belong together, how strongly in bits, and why."""

    a: str
    b: str
    kind: LinkKind
    bits: float
    reasons: tuple[Reason, ...]
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Claims about one thing; an incident when the topic says so."""

    id: str
    topic: Topic
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The claims of one event: when, where, what; contested when denied by the accused or mirrored.

    `fits_several` are incidents of which this may be a part and which cannot be one, `may_mirror` those that may be
    the other side's telling of it: people say which.
    """

    id: str
    members: tuple[str, ...]
    span: Span | None
    places: tuple[Place, ...]
    acts: tuple[Act, ...]
    alleged_actors: tuple[str, ...]
    contested: bool
    contested_how: tuple[str, ...]
    engagement: str | None
    links: tuple[Link, ...]
    fits_several: tuple[str, ...] = ()
    may_mirror: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Incidents that mirror each other: one contested engagement.

    Rival `hypotheses` on who acted are told only where two people confirmed the mirrors.
    """

    id: str
    incidents: tuple[str, ...]
    hypotheses: tuple[str, ...]
    links: tuple[Link, ...]
