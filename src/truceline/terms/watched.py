"""Rows of the tables of coverage, restrictions, tallies and sealed persons to what they say; every fault at once."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.counting import CountingRule, ReportedTally
from truceline.model.coverage import (
    EVERYWHERE,
    CoverageRecord,
    Loss,
    Restriction,
    RestrictionClass,
)
from truceline.model.deed import PERSONAL, PersonStatus, SealedPerson, Unit
from truceline.model.zone import Control
from truceline.terms.calendar import DATE_PATTERN, day, instant, reported_at
from truceline.terms.control import control_of
from truceline.terms.named_areas import full_name, zones_of
from truceline.terms.observability import Light, channels
from truceline.terms.words import did_you_mean
from truceline.text.seal import is_seal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from truceline.model.mission import Mission

COVERAGE = (
    "record_id", "area", "channel", "from", "to", "light", "effective_fraction", "lost_to",
    "reported", "source", "note",
)  # fmt: skip
RESTRICTIONS = (
    "restriction_id", "area", "channel", "from", "to", "class", "by", "remaining_fraction",
    "reported", "source", "note",
)  # fmt: skip
TALLIES = (
    "tally_id", "counter", "rule", "area", "from", "to", "value", "coverage", "reported", "source", "note",
)  # fmt: skip
PERSONS = (
    "seal", "unit", "status", "giver", "recipient", "stated_by", "day", "reported", "source",
)  # fmt: skip
UNKNOWN = "unknown"
Watched = CoverageRecord | Restriction | ReportedTally | SealedPerson | Control
Fault = tuple[str, str, str]
"""A field, what is wrong with it, and what to do."""


class _Row:
    """Reads the cells of a row and keeps every fault."""

    def __init__(self, row: Mapping[str, str], mission: Mission, *, quiet: bool = False) -> None:
        self.row, self.mission, self.quiet = row, mission, quiet
        self.faults: list[Fault] = []

    def say(self, name: str, message: str, advice: str) -> None:
        self.faults.append((name, message, advice))

    def word(self, name: str, known: Collection[str]) -> str:
        cell = self.row.get(name, "")
        if cell not in known:
            told = "what stands there" if self.quiet else repr(cell)
            said = f"{told} is not known" if cell else "it is empty"
            one_of = f"use one of: {', '.join(sorted(known))}"
            self.say(name, said, one_of if self.quiet else did_you_mean(cell, sorted(known)))
        return cell

    def area(self) -> str:
        zones = zones_of(self.mission)
        alone = {name.partition("/")[2] for name in zones}
        alone = {name for name in alone if full_name(name, self.mission) != name}
        places = {p.id for p in self.mission.gazetteer}
        return self.word("area", {EVERYWHERE, *zones, *alone, *places})

    def share(self, name: str) -> float:
        cell = self.row.get(name, "")
        try:
            value = float(cell)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            self.say(name, f"{cell!r} is no share", "write a number from 0 to 1, with a point: 0.5")
        return value

    def time(self, name: str) -> datetime | None:
        cell = self.row.get(name, "")
        if re.fullmatch(DATE_PATTERN, cell):
            self.say(name, f"{cell!r} has no hour", f'write "{cell} 00:00", or the hour meant')
            return None
        try:
            return instant(cell, self.mission.zone)
        except MissionError as error:
            self.say(name, error.message, error.advice)
            return None

    def stretch(self) -> tuple[datetime, datetime] | None:
        start, end = self.time("from"), self.time("to")
        if start is None or end is None:
            return None
        if end <= start:
            self.say("to", "it ends before it starts, or at once", "exchange from and to")
            return None
        self._over(end)
        return start, end

    def _over(self, end: datetime) -> None:
        """Complain of what is told before it was over: a plan is no look and no count. A bare day of report is taken as its end."""
        text = self.row.get("reported", "")
        told = reported_at(text, self.mission.zone)
        if told is not None and re.fullmatch(DATE_PATTERN, text):
            told += timedelta(days=1)
        if told is not None and told < end:
            self.say(
                "reported",
                "it is reported before it ended",
                "write the row when it is over: a plan is no look",
            )


def coverage_of(row: Mapping[str, str], mission: Mission) -> CoverageRecord | list[Fault]:
    """Read a row of coverage: who could look where, when and how far; or every fault of it."""
    look = _Row(row, mission)
    area, channel, stretch = look.area(), look.word("channel", channels()), look.stretch()
    light, fraction = (
        look.word("light", [li.value for li in Light]),
        look.share("effective_fraction"),
    )
    lost = look.word("lost_to", [loss.value for loss in Loss])
    if not look.faults:
        _lost(look, fraction, lost)
    if look.faults or stretch is None:
        return look.faults
    return CoverageRecord(
        area=area, channel=channel, start=stretch[0], end=stretch[1], light=light,
        effective_fraction=fraction, lost_to=Loss(lost), reason=row.get("note", ""),
    )  # fmt: skip


def _lost(look: _Row, fraction: float, lost: str) -> None:
    if (fraction < 1) == (lost == Loss.NONE):
        said = (
            "less than all was seen, and not why" if fraction < 1 else "all was seen, and yet lost"
        )
        look.say("lost_to", said, "write none beside 1, and beside less why it was less")


def restriction_of(row: Mapping[str, str], mission: Mission) -> Restriction | list[Fault]:
    """Read a row of restrictions: who kept the mission from looking, where and when; or every fault of it."""
    look = _Row(row, mission)
    area, stretch = look.area(), look.stretch()
    channel = look.word("channel", channels()) if row.get("channel") else None
    kind = look.word("class", [c.value for c in RestrictionClass])
    by = look.word("by", {UNKNOWN, *mission.side_ids, *mission.outsiders})
    remaining = look.share("remaining_fraction")
    if not look.faults and remaining == 1:
        look.say(
            "remaining_fraction",
            "a restriction that left everything",
            "write what it left, below 1",
        )
    if look.faults or stretch is None:
        return look.faults
    return Restriction(
        area=area, channel=channel, start=stretch[0], end=stretch[1], kind=RestrictionClass(kind),
        by=by, remaining=remaining, reason=row.get("note", ""),
    )  # fmt: skip


def tally_of(row: Mapping[str, str], mission: Mission) -> ReportedTally | list[Fault]:
    """Read a row of tallies: a count of somebody else, with its rule; or every fault of it."""
    look = _Row(row, mission)
    counter = look.word("counter", {*(s.id for s in mission.sources), *mission.side_ids})
    rule, area = look.word("rule", [r.value for r in CountingRule]), look.area()
    stretch, reported = look.stretch(), reported_at(row.get("reported", ""), mission.zone)
    cell = row.get("value", "")
    if not (cell.isascii() and cell.isdigit()):
        look.say("value", f"{cell!r} is no whole number", "write digits alone, such as 494")
    if look.faults or stretch is None or reported is None:
        return look.faults
    return ReportedTally(
        id=row.get("tally_id", ""), counter=counter, rule=CountingRule(rule), area=area,
        start=stretch[0], end=stretch[1], value=int(cell), coverage=row.get("coverage", ""),
        reported=reported,
    )  # fmt: skip


def person_of(row: Mapping[str, str], mission: Mission) -> SealedPerson | list[Fault]:
    """Read a row of a sealed list; or every fault of it, none of which repeats what stands in a cell."""
    look = _Row(row, mission, quiet=True)
    if not is_seal(row.get("seal", "")):
        look.say(
            "seal", "this is no seal", "make the table with `truceline seal`: 64 hexadecimal digits"
        )
    unit = look.word("unit", [u.value for u in Unit if u in PERSONAL])
    status = look.word("status", [s.value for s in PersonStatus])
    sides = [
        look.word(name, mission.side_ids) if row.get(name) else None
        for name in ("giver", "recipient")
    ]
    stated_by = look.word("stated_by", {*(s.id for s in mission.sources), *mission.side_ids})
    reported, when = reported_at(row.get("reported", ""), mission.zone), None
    try:
        when = day(row.get("day", ""))
    except MissionError as error:
        look.say("day", "this is no day of the calendar", error.advice)
    if look.faults or when is None or reported is None:
        return look.faults
    return SealedPerson(
        seal=row["seal"], unit=Unit(unit), status=PersonStatus(status), giver=sides[0],
        recipient=sides[1], stated_by=stated_by, day=when, reported=reported,
    )  # fmt: skip


PARSERS: Mapping[str, Callable[[Mapping[str, str], Mission], Watched | list[Fault]]] = {
    "coverage": coverage_of, "restrictions": restriction_of, "tallies": tally_of,
    "persons": person_of, "control": control_of,
}  # fmt: skip


def with_tables(mission: Mission, items: Iterable[tuple[str, bytes]]) -> Mission:
    """Give the mission with what the items of these tables (reader and content) say, in an order that hangs on no file."""
    found: dict[str, set[Watched]] = {name: set() for name in PARSERS}
    for reader, content in items:
        if (parse := PARSERS.get(reader)) is not None:
            read = parse(json.loads(content)["row"], mission)
            if not isinstance(read, list):
                found[reader].add(read)
    every = sorted((r for records in found.values() for r in records), key=repr)
    return replace(
        mission,
        coverage=(*mission.coverage, *(r for r in every if isinstance(r, CoverageRecord))),
        restrictions=(*mission.restrictions, *(r for r in every if isinstance(r, Restriction))),
        tallies=(*mission.tallies, *(r for r in every if isinstance(r, ReportedTally))),
        persons=(*mission.persons, *(r for r in every if isinstance(r, SealedPerson))),
        control=(*mission.control, *(r for r in every if isinstance(r, Control))),
    )
