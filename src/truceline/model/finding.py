"""How an incident stands and why: occurrence and attribution, kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.incident import Reason


class Occurrence(StrEnum):
    """Whether it happened."""

    UNASSESSED = "unassessed"
    UNSUBSTANTIATED = "unsubstantiated"
    PLAUSIBLE = "plausible"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    CANNOT_BE_DETERMINED = "cannot_be_determined"


class AttributionState(StrEnum):
    """Who did it, as far as the mandate lets the mission say."""

    WITHHELD_BY_MANDATE = "withheld_by_mandate"
    UNDETERMINED = "undetermined"
    CONTESTED = "contested"
    INDICATED = "indicated"
    ASSESSED = "assessed"
    DETERMINED = "determined"
    ACKNOWLEDGED_BY_PARTY = "acknowledged_by_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A separate finding on responsibility; `party` is set only where the state names one."""

    state: AttributionState
    party: str | None
    likelihood: str | None
    confidence: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin: the claims that trace to it are counted once."""

    id: str
    label: str
    interested: bool
    on_site: bool
    claims: tuple[str, ...]
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Occurrence and attribution of one incident, with the reasons that add up to `bits`.

    `to_check` are claims that only a machine read and that would lift the finding if people checked them.
    """

    incident: str
    occurrence: Occurrence
    bits: float
    origins: tuple[Origin, ...]
    reasons: tuple[Reason, ...]
    attribution: Attribution
    assessed: Occurrence
    decision: str | None
    method: str
    to_check: tuple[str, ...] = ()
