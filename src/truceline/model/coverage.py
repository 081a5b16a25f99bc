"""Who could have seen what: without it, silence means nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class CoverageVerdict(StrEnum):
    """What may be said of a zone and day; `not_observed` is not quiet.

    `recorded_not_assessable`: something stands there at the mandate's level, and what it was under the provision, or
    whether it was then and there, cannot be told. It is never "none recorded".
    """

    VIOLATIONS_RECORDED = "violations_recorded"
    RECORDED_NOT_ASSESSABLE = "recorded_not_assessable"
    OBSERVED_NONE_RECORDED = "observed_none_recorded"
    PARTLY_OBSERVED_NONE_RECORDED = "partly_observed_none_recorded"
    NOT_OBSERVED = "not_observed"


class Loss(StrEnum):
    """Why a channel saw less than all, where nobody kept it from looking."""

    NONE = "none"
    NIGHT = "night"
    WEATHER = "weather"
    JAMMING = "jamming"
    NO_PATROL = "no_patrol"
    COMMS_OUTAGE = "comms_outage"
    SENSOR_DOWN = "sensor_down"
    NOT_OVERHEAD = "not_overhead"
    UNSTATED = "unstated"


class RestrictionClass(StrEnum):
    """How somebody kept a mission from looking (domain page, section 1.3); `unstated` where its report does not say."""

    DENIAL = "denial"
    DELAY = "delay"
    CONDITIONAL_ACCESS = "conditional_access"
    THREAT_OR_FIRE = "threat_or_fire"
    MINE_UXO = "mine_uxo"
    REMOTE_SENSING_INTERFERENCE = "remote_sensing_interference"
    INFORMATION_IMPEDIMENT = "information_impediment"
    APPROVAL_REFUSED = "approval_refused"
    UNSTATED = "unstated"


EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecord:
    """An area watched through a channel for a time; `effective_fraction` from 0 to 1.

    `area` is a place of the gazetteer, a zone of an agreement, or `everywhere`; `light` whether it was by day, by night
    or both; `lost_to` why it was less than all.
    """

    area: str
    channel: str
    start: datetime
    end: datetime
    effective_fraction: float
    reason: str
    light: str = "both"
    lost_to: Loss = Loss.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Somebody (`by`: a side, or `unknown`) kept the mission from looking; `remaining` from 0 to 1 is what it left.

    `channel` is None where it held for every channel.
    """

    area: str
    channel: str | None
    start: datetime
    end: datetime
    kind: RestrictionClass
    by: str
    remaining: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficit:
    """The share of a zone and time that nobody saw, booked to who or what caused it; several share one where both did."""

    causes: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Restrictions of one class by one side (or `unknown`) in an area and time: how many, and their hours, added up."""

    by: str
    kind: RestrictionClass
    count: int
    hours: float
