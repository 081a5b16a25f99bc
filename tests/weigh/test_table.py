"""The table of occurrences: one test a row, and what must hold over every cell of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest

from tests.weigh.table_page import PAGE, text
from truceline.model.acts import Act
from truceline.model.finding import GIVES, LADDER, Occurrence, TableRow
from truceline.weigh.table import (
    CAP,
    TABLE,
    Admission,
    Features,
    leaves_traces,
    rank,
    strength,
    weigh,
    would_raise,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = Features()
# For each row what just suffices, and what just falls short of it.
CELLS: dict[TableRow, tuple[Features, Features]] = {
    TableRow.ADMITTED: (
        Features(admission=Admission.PLAIN), Features(admission=Admission.HEDGED),
    ),
    TableRow.MONITORS_LOOKED: (Features(monitors=1), Features(glances=1)),
    TableRow.LOOKED_AND_SECONDED: (
        Features(looks=1, interested=1, seconded=True), Features(looks=1, interested=1),
    ),
    TableRow.EXAMINED_TWICE: (
        Features(examined=2, materials=2), Features(examined=2, materials=1),
    ),
    TableRow.TWO_ORIGINS: (Features(vouching=1, interested=1), Features(vouching=1, unknown=1)),
    TableRow.LOOKED_ONCE: (Features(looks=1), Features(vouching=1)),
    TableRow.EXAMINED_ONCE: (Features(examined=1), Features(vouching=1)),
    TableRow.ADMITTED_WITH_A_HEDGE: (
        Features(admission=Admission.HEDGED, interested=1), Features(interested=1),
    ),
    TableRow.VOUCHED_FOR: (Features(vouching=1), Features(interested=2)),
    TableRow.MIRRORED: (Features(interested=1, mirrored=True), Features(interested=1)),
    TableRow.INTERESTED_ONLY: (Features(interested=1), NOTHING),
    TableRow.TAKEN_BACK: (Features(withdrawn=True), NOTHING),
    TableRow.NOBODY: (NOTHING, Features(unknown=1)),
}  # fmt: skip


def every() -> Iterator[Features]:
    """Give every cell of the table that can arise."""
    counts = range(3)
    for admission, monitors, looks, glances, examined, vouching, interested in product(
        Admission, (0, 1), counts, counts, counts, counts, counts
    ):
        for unknown, mirrored, nothing in product((0, 1), (False, True), (False, True)):
            base = Features(
                admission=admission, monitors=monitors, looks=looks, glances=glances,
                examined=examined, vouching=vouching, interested=interested, unknown=unknown,
                mirrored=mirrored, found_nothing=nothing, materials=min(examined, 1),
            )  # fmt: skip
            yield base
            if examined == 2:  # two that examined may have had different material
                yield replace(base, materials=2)
            if looks and base.roots > 1:
                yield replace(base, seconded=True)
            if base.roots == 0 and admission is Admission.NONE:
                yield replace(base, withdrawn=True)


EVERY = tuple(every())


def test_the_page_shows_the_table_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == text()


@pytest.mark.parametrize("name", TableRow)
def test_each_row_gives_what_it_says_and_needs_what_it_says(name: TableRow) -> None:
    enough, short = CELLS[name]
    assert weigh(enough).row.name is name
    assert weigh(enough).status is GIVES[name]
    assert weigh(short).row.name is not name


def test_the_table_has_every_row_once_in_the_order_of_what_they_give() -> None:
    assert [row.name for row in TABLE] == list(TableRow)
    given = [rank(GIVES[row.name]) for row in TABLE]
    assert given == sorted(given, reverse=True)


def test_every_cell_follows_the_ladder_of_the_design() -> None:
    for f in EVERY:
        found = weigh(f)
        confirmed = (
            f.admission is Admission.PLAIN or f.monitors or (f.looks and f.seconded)
            or f.materials == 2
        )  # fmt: skip
        if f.found_nothing or f.withdrawn:
            assert found.contradicted
            assert rank(found.status) <= rank(CAP)
        else:
            assert (found.status is Occurrence.CONFIRMED) == bool(confirmed), f
            assert not found.contradicted


@pytest.mark.parametrize(
    "name", ["monitors", "looks", "glances", "examined", "vouching", "interested", "unknown"]
)
def test_one_origin_more_never_lowers(name: str) -> None:
    for f in EVERY:
        if getattr(f, name) < (1 if name in {"monitors", "unknown"} else 2):
            more = replace(f, **{name: getattr(f, name) + 1}, withdrawn=False)
            assert rank(weigh(more).status) >= rank(weigh(f).status)


def test_what_found_nothing_or_was_taken_back_never_raises() -> None:
    for f in EVERY:
        against = weigh(replace(f, found_nothing=True))
        assert rank(against.status) <= rank(weigh(f).status)
        assert strength(against.status, against) <= strength(weigh(f).status, weigh(f))


@pytest.mark.parametrize("row", TableRow)
@pytest.mark.parametrize("status", LADDER)
def test_a_mission_only_lowers(row: TableRow, status: Occurrence) -> None:
    if rank(status) < rank(GIVES[row]):
        for f in EVERY[::7]:
            assert rank(weigh(f, ((row, status),)).status) <= rank(weigh(f).status)


def test_strength_orders_by_status_first() -> None:
    found = [(weigh(f).status, strength(weigh(f).status, weigh(f))) for f in EVERY]
    for rung, above in pairwise(LADDER):
        top = max((s for status, s in found if status is rung), default=-1)
        assert top < min(s for status, s in found if status is above)


def test_what_would_raise_raises_to_what_it_says() -> None:
    assert [c.gives for c in would_raise(Features(unknown=1))] == [
        Occurrence.PLAUSIBLE, Occurrence.CORROBORATED, Occurrence.CONFIRMED,
    ]  # fmt: skip
    assert list(would_raise(Features(monitors=1))) == []
    (only,) = would_raise(Features(looks=1, interested=1, seconded=True, found_nothing=True))
    assert only.gives is Occurrence.CONFIRMED
    assert "found nothing" in only.words
    for f in EVERY:
        steps = [weigh(f).status, *(c.gives for c in would_raise(f))]
        assert [rank(s) for s in steps] == sorted({rank(s) for s in steps})


@pytest.mark.parametrize(
    ("acts", "expected"),
    [((Act.MISSILE_STRIKE,), True), ((Act.ARTILLERY_FIRE, Act.UAV_STRIKE), True), ((), False),
     ((Act.SMALL_ARMS_FIRE,), False), ((Act.AIRCRAFT_ACTIVITY,), False),
     ((Act.ARTILLERY_FIRE, Act.SMALL_ARMS_FIRE), False), ((Act.HOSTILE_ACT,), False)],
)  # fmt: skip
def test_which_acts_leave_traces(acts: tuple[Act, ...], expected: bool) -> None:  # noqa: FBT001
    assert leaves_traces(acts) is expected
