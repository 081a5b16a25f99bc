"""The report's view of its charts: each with a title that says its message, and every figure that is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBar:
    """A day or week: units by how they are found (in the order of the chart's states), and the share observed."""

    label: str
    found: tuple[int, ...]
    coverage: float
    coverage_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChart:
    """Units by day or week (`unit`) and by how they are found, over what anybody could see."""

    title: str
    unit: str
    states: tuple[str, ...]
    labels: tuple[str, ...]
    bars: tuple[FoundBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourColumn:
    """A day or week: incidents in each of its 24 hours of mission time, and the share observed."""

    label: str
    hours: tuple[int, ...]
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HourChart:
    """Incidents by hour and day, where the hour is stated; `without` are those whose hour is not."""

    title: str
    columns: tuple[HourColumn, ...]
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowOrigin:
    """One origin of an incident: outlets and claims that repeat it, and whether it has an interest."""

    label: str
    interested: bool
    outlets: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowIncident:
    """An incident with the origins that support it."""

    number: int
    label: str
    state: str
    state_label: str
    origins: tuple[FlowOrigin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChart:
    """Who repeats whom: the incidents with the most outlets, each outlet folding into its origin."""

    title: str
    incidents: tuple[FlowIncident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """Persons harmed in an incident as stated: lowest, best (None: the rule gives none) and highest (None: open)."""

    number: int
    label: str
    measure: str
    low: int
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """The incidents with the most persons harmed, as ranges."""

    title: str
    rows: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """An obligation: its due instants in mission time (one a reading), as shares of the axis from 0 to 1, and its state."""

    label: str
    state: str
    state_label: str
    due: tuple[str, ...]
    at: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChart:
    """Obligations against their due dates; `now` is the as-of on the axis, `undated` how many have no date."""

    title: str
    start: str
    end: str
    now: float
    undated: int
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """All charts of a report."""

    found: FoundChart
    hours: HourChart
    flow: FlowChart
    ranges: RangeChart
    dues: DueChart
