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


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecord:
    """An area watched through a channel for a time; `effective_fraction` from 0 to 1."""

    area: str
    channel: str
    start: datetime
    end: datetime
    effective_fraction: float
    reason: str
