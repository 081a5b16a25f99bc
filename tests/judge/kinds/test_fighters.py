"""Foreign fighters: told of past the date they have not left; who denies having any says that they have."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from tests.builders import Row, mission, row
from tests.judge.test_obligations import BB, WATCH, deadline, owed, standing
from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.judgement import ObligationState as State
from truceline.model.mission import Mission


def leaving(*, dated: bool = True) -> Mission:
    """Make the mission in which AA's foreign fighters have to leave."""
    due = (deadline(),) if dated else ()
    return owed(kind=Kind.FOREIGN_FIGHTERS_WITHDRAW, acts=(Act.WITHDRAWAL,), due=due)


def told(name: str, kind: str = "report", **fields: str) -> Row:
    """Make a row on foreign fighters on AA's side on 10 November."""
    return row(
        name, kind=kind, act="foreign_fighters", accused="AA", t_from_local="2020-11-10",
        time_precision="day", pub_date="2020-11-11", **WATCH | fields,
    )  # fmt: skip


AAS = {"origin": "AA MoD", "origin_side": "AA"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([told("W")], State.OVERDUE),
        ([told("B", "accusation", **BB)], State.OVERDUE),
        ([told("B", "accusation", **BB), told("D", "denial", **AAS)], State.DISPUTED),
        # The debtor alone denies: its word is no proof.
        ([told("D", "denial", **AAS)], State.OVERDUE),
        # Of the time before the date nobody asks, and of no time nothing follows.
        ([told("W") | {"t_from_local": "2020-10-20"}], State.NOT_ASSESSABLE),
        ([told("W") | {"t_from_local": ""}], State.NOT_ASSESSABLE),
        ([told("W") | {"accused": "BB"}], State.NOT_ASSESSABLE),
    ],
)
def test_the_state_by_who_tells_of_them(rows: list[Row], expected: State) -> None:
    found = [standing([row("X"), *order], leaving()) for order in permutations(rows)]
    assert {s.state for s in found} == {expected}


def test_without_a_date_a_word_counts_from_the_entry_on() -> None:
    of = leaving(dated=False)
    rows = [told("B", "accusation", **BB), told("D", "denial", **AAS)]
    assert standing(rows, of).state is State.DISPUTED
    before = [r | {"t_from_local": "2020-10-09"} for r in rows]
    assert standing([row("X"), *before], of).state is State.NO_DUE_DATE
    assert replace(of, agreements=mission().agreements) == mission()
