"""Which channel could see which act, by day and by night: data with sources, and what it does not name it cannot see."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from truceline.model.acts import Act, lineage

FILE = "observability.csv"


class Light(StrEnum):
    """The light in which somebody looked."""

    DAY = "day"
    NIGHT = "night"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Whether a channel sees an act and its special cases, by day and by night, and why."""

    channel: str
    act: Act
    day: bool
    night: bool
    why: str
    source: str


@cache
def matrix() -> tuple[Sight, ...]:
    """Give the matrix as it is kept, row by row."""
    text = (files("truceline.terms") / FILE).read_text(encoding="utf-8")
    return tuple(
        Sight(
            channel=row["channel"], act=Act(row["act"]), day=row["day"] == "yes",
            night=row["night"] == "yes", why=row["why"], source=row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


@cache
def channels() -> tuple[str, ...]:
    """Give every channel of the matrix, in alphabetical order."""
    return tuple(sorted({sight.channel for sight in matrix()}))


@cache
def sees(channel: str, act: Act, light: Light) -> bool:
    """Answer whether a channel could have seen an act: by the row of the act, or of the nearest more general one."""
    rows = {sight.act: sight for sight in matrix() if sight.channel == channel}
    row = next((rows[general] for general in lineage(act) if general in rows), None)
    if row is None:
        return False
    match light:
        case Light.DAY:
            return row.day
        case Light.NIGHT:
            return row.night
        case Light.BOTH:
            return row.day and row.night
