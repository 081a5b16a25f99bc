"""How words came to be known: who said it through whom, how they know, who let them look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """How who says it knows of this act, place and time.

    They did it; perceived it; visited the place after; examined material from it wherever; by an
    instrument; were told; or repeat what somebody else says.
    """

    OWN_ACT = "own_act"
    SAW = "saw"
    INSPECTED = "inspected"
    EXAMINED = "examined"
    MEASURED = "measured"
    TOLD = "told"
    REPEATS = "repeats"
    UNSTATED = "unstated"


PERCEIVED = frozenset({Basis.SAW, Basis.INSPECTED, Basis.MEASURED})
OWN_BASIS = PERCEIVED | {Basis.EXAMINED}


class AccessKind(StrEnum):
    """Who let the one who looked in."""

    OWN = "own"
    ESCORTED = "escorted"
    REMOTE = "remote"
    NONE = "none"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who let the one who looked in; `by` is the side that escorted, and what it shows is its show."""

    kind: AccessKind = AccessKind.UNSTATED
    by: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}({self.by})" if self.by else str(self.kind)


class ChannelOwner(StrEnum):
    """On whose channel the words reached the mission: of who says them, of somebody else, or not stated."""

    OWN = "own"
    OTHER = "other"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Who passed the words on: the name as given, the source where the mission knows it, and its side."""

    text: str
    source: str | None
    side: str | None
    neutral: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Who passed on what the speaker said, from the inside outwards, and on whose channel it came."""

    relays: tuple[Relay, ...] = ()
    channel: ChannelOwner = ChannelOwner.UNSTATED


UNSTATED_ACCESS = Access()
NO_CHAIN = Chain()
