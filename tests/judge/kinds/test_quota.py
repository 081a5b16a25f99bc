"""Quotas: so much in every period, each teller's count apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Row, row
from tests.judge.test_obligations import BB, RELIEF, owed, standing, step
from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.deed import Unit
from truceline.model.judgement import ObligationStanding
from truceline.model.judgement import ObligationState as State
from truceline.model.mission import Mission
from truceline.pipeline import Cut

QUOTA = owed(
    kind=Kind.AID_QUOTA, acts=(Act.AID_CONVOY,), quantity=100, unit=Unit.TRUCKS, every="P1D"
)
# Entry on 10 October by noon: the days are 11, 12 and 13 October.
CUT = Cut(instant=datetime(2020, 10, 13, 20, tzinfo=UTC), text="end of 13 October")


def trucks(name: str, day: int, number: int, at: tuple[str, str] = ("", ""), **fields: str) -> Row:
    """Make a row on trucks of a day, or of a part of it; by default as Relief counts."""
    start, end = at
    return step(name, "", quantity=str(number), unit="trucks", extent="this_time") | RELIEF | {
        "act": "aid_convoy", "t_from_local": f"2020-10-{day} {start}".strip(), "pub_date": f"2020-10-{day}",
        "t_to_local": f"2020-10-{day} {end}" if end else "", "time_precision": "" if end else "day",
    } | fields  # fmt: skip


def kept(*rows: Row, of: Mission = QUOTA) -> ObligationStanding:
    """Find how the quota stands at the end of 13 October."""
    return standing([row("X"), *rows], of, CUT)


def counts(found: ObligationStanding) -> list[dict[str, int]]:
    """Give the counts of each day."""
    return [dict(period.counts) for period in found.periods]


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([trucks(f"R{d}", d, 100) for d in (11, 12, 13)], State.FULFILLED),
        ([trucks("R", 11, 100)], State.PARTLY_FULFILLED),
        ([trucks("R", 11, 40)], State.PARTLY_FULFILLED),
        ([trucks(f"R{d}", d, 0) for d in (11, 12, 13)], State.OVERDUE),
        # The debtor's own count is shown and makes no state.
        ([trucks(f"D{d}", d, 100, origin="AA MoD", origin_side="AA") for d in (11, 12, 13)], State.NO_DUE_DATE),
        # Whom it is owed to may say so.
        ([trucks(f"B{d}", d, 100) | BB for d in (11, 12, 13)], State.FULFILLED),
        # A total so far is no count of a day.
        ([trucks("R", 13, 300, extent="so_far")], State.NO_DUE_DATE),
    ],
)  # fmt: skip
def test_the_state_over_the_periods(rows: list[Row], state: State) -> None:
    assert kept(*rows).state is state


def test_the_sentence_says_how_many_periods_are_known() -> None:
    found = kept(trucks("R", 11, 100), trucks("S", 12, 40))
    assert found.sentence == (
        "the text names no deadline; of 3 periods over, 1 reached, 1 short, 1 counted by nobody who may say so; 2 statements"
    )
    assert [p.over for p in found.periods] == [True, True, True]


def test_counts_of_other_hours_add_up_and_of_the_same_the_largest_counts() -> None:
    parts = [trucks("A", 11, 30, ("08:00", "09:00")), trucks("B", 11, 20, ("17:00", "18:00"))]
    assert counts(kept(*parts))[0] == {"intermediary": 50}
    assert counts(kept(*parts, trucks("W", 11, 45)))[0] == {"intermediary": 45}
    assert counts(kept(trucks("A", 11, 30), trucks("B", 11, 31)))[0] == {"intermediary": 31}


def test_each_tellers_count_stands_apart() -> None:
    found = kept(trucks("R", 11, 60), trucks("D", 11, 40, origin="AA MoD", origin_side="AA"))
    assert counts(found)[0] == {"AA": 40, "intermediary": 60}
    assert found.state is State.PARTLY_FULFILLED


def test_what_spans_two_periods_counts_in_neither() -> None:
    across = trucks("R", 11, 100, ("20:00", "23:00")) | {
        "t_to_local": "2020-10-12 03:00",
        "pub_date": "2020-10-12",
    }
    assert counts(kept(across)) == [{}, {}, {}]


@given(
    st.permutations(
        [
            trucks("A", 11, 30, ("08:00", "09:00")),
            trucks("B", 11, 20, ("08:30", "10:00")),
            trucks("C", 12, 9),
            trucks("D", 11, 7, ("11:00", "12:00")),
        ]
    )
)
def test_order_of_arrival_changes_no_count(rows: list[Row]) -> None:
    assert counts(kept(*rows))[:2] == [{"intermediary": 37}, {"intermediary": 9}]
