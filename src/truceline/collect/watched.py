"""Readers `coverage`, `restrictions`, `tallies`: who could look, who was kept from it, and what others count.

- **Publisher**: the mission itself (patrol plans, camera logs), or who watched and says so.
- **Format**: CSV, UTF-8 (a byte order mark is allowed), a header row, `,` between cells.
- **Columns of all**: an id of the row; `area` (a place of the gazetteer, a zone of an agreement, or `everywhere`); `channel` (of the
  [observability matrix](observability.md)); `from` and `to` (local time of the mission); `reported` (a date, or a
  date and time with an offset: before it the row does not exist in a report); `source`; `note`.
- **`coverage`**: `light` (`day`, `night`, `both`), `effective_fraction` from 0 to 1, and `lost_to`, why it was less than
  all (`night`, `weather`, `jamming`, `no_patrol`, `comms_outage`, `sensor_down`, `not_overhead`, `unstated`; `none` beside 1).
- **`restrictions`**: `class` (denial, delay, conditional_access, threat_or_fire, mine_uxo, remote_sensing_interference,
  information_impediment, approval_refused, unstated), `by` (the side or state that did it, or `unknown`), `remaining_fraction`
  from 0 to below 1, what it left; `channel` empty: it held for every channel.
- **`tallies`**: `counter` (a source or side of the mission), `rule` (smm_event, episode, trajectory, incident, complaint),
  `value`, and `coverage`, what the counter could see, in words; no `channel`.
- **Licence**: the mission's own.
- **Known traps**: two rows that overlap are one look, never two; a row is not a claim and names no person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.collect.coded_claims import published_at
from truceline.collect.problems import fault
from truceline.collect.registry import source
from truceline.collect.table import Columns, read_table
from truceline.model.evidence import Arrival, Channel, Item
from truceline.model.problem import Problem
from truceline.store.canonical import canonical, sha256_hex
from truceline.terms.samples import DATED, rewritten
from truceline.terms.watched import COVERAGE, PARSERS, PERSONS, RESTRICTIONS, TALLIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.mission import Mission


@source("coverage", Channel.COVERAGE)
def read_coverage(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a table of who could look where, when and how far; a row with a fault is left out."""
    yield from read_rows(file, content, mission, "coverage")


@source("restrictions", Channel.RESTRICTIONS)
def read_restrictions(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a table of who kept the mission from looking; a row with a fault is left out."""
    yield from read_rows(file, content, mission, "restrictions")


@source("tallies", Channel.TALLIES)
def read_tallies(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a table of what others count, each with its rule; a row with a fault is left out."""
    yield from read_rows(file, content, mission, "tallies")


_COLUMNS = {
    "coverage": Columns(must=COVERAGE, sheet="coverage"),
    "restrictions": Columns(must=RESTRICTIONS, sheet="restrictions"),
    "tallies": Columns(must=TALLIES, sheet="tallies"),
    "persons": Columns(must=PERSONS, sheet="persons", alone=True),
}  # fmt: skip


def read_rows(
    file: str, content: bytes, mission: Mission, kind: str
) -> Iterator[Arrival | Problem]:
    """Read a table whose rows stand for themselves into items; a row with a fault is left out, with every fault of it."""
    for row in read_table(file, content, _COLUMNS[kind]):
        if isinstance(row, Problem):
            yield row
            continue
        number, record = row
        faults = PARSERS[kind](record, mission)
        problems = [
            fault(file, f"{message}; row left out", advice, number, name)
            for name, message, advice in (faults if isinstance(faults, list) else ())
        ]
        item = _item(record, kind, mission)
        if isinstance(item, str):
            said = "this is no date of a report" if kind == "persons" else item
            problems.append(
                fault(
                    file,
                    f"{said}; row left out",
                    rewritten(record["reported"]) or DATED,
                    number,
                    "reported",
                )
            )
        elif not problems:
            yield Arrival(item=item, file=file, row=number)
        yield from problems


def _item(record: Mapping[str, str], kind: str, mission: Mission) -> Item | str:
    """Make the item of a row, or say what is wrong with the time at which it was reported."""
    try:
        published = published_at(record["reported"], mission)
    except ValueError as found:
        return str(found)
    if published is None:
        return "when it was reported is missing"
    content = canonical({"reader": kind, "row": dict(record)})
    return Item(
        id=sha256_hex(content), external_id=None if kind == "persons" else record[next(iter(record))] or None, reader=kind, content=content,
        published=published, published_text=record["reported"], outlet=None, url=record["source"] or None,
        language=None, media_type="application/json",
    )  # fmt: skip
