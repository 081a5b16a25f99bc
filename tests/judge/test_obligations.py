"""Obligations: states from what debtor, creditor and those between say; counts in every teller's own; people decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import END, TRUCE, ZONE, Row, mission, project, row
from truceline.model.acts import Act
from truceline.model.agreement import Counting, Deadline, Obligation, Period, Undertaking
from truceline.model.decision import Decision, Reasons, Verdict
from truceline.model.deed import Unit
from truceline.model.judgement import ObligationStanding
from truceline.model.judgement import ObligationState as State
from truceline.model.mission import Mission
from truceline.pipeline import Cut
from truceline.report.assemble import view_of
from truceline.review import decide

DUE = datetime(2020, 11, 6, tzinfo=UTC)
BEFORE = Cut(instant=datetime(2020, 10, 20, tzinfo=UTC), text="before")
BB = {"origin": "BB MoD", "origin_side": "BB"}
RELIEF = {"origin": "Relief", "origin_side": ""}
WATCH = {"origin": "Watch", "origin_side": "NGO"}


def step(name: str, progress: str, **fields: str) -> Row:
    """Make a row on the exchange: by default AA's MoD on its own part."""
    return row(
        name, kind="implementation", act="exchange_bodies_prisoners", accused="AA",
        t_from_local="2020-10-12", time_precision="day", places="", pub_date="2020-10-13",
        progress=progress, **fields,
    )  # fmt: skip


def deadline(at: datetime | None = DUE, after: str | None = None, name: str = "due") -> Deadline:
    """Make a due date, or a period of ten days after a provision."""
    period = Period(length="P10D", start=after, counting=Counting.TO_THE_HOUR) if after else None
    return Deadline(
        id=name, text=name, zone="UTC", instant=None if after else at, period=period,
        held_by="somebody", source="fiction",
    )  # fmt: skip


def owed(*others: Obligation | Undertaking, **changes: object) -> Mission:
    """Make the mission in which AA alone owes the exchange, through Relief."""
    clause = TRUCE.provisions[1]
    assert isinstance(clause, Obligation)
    clause = replace(clause, debtors=("AA",), intermediary="Relief")
    truce = replace(TRUCE, provisions=(replace(clause, **changes), *others))  # type: ignore[arg-type]
    return replace(mission(), agreements=(truce,))


def standing(
    rows: list[Row], of: Mission | None = None, cut: Cut = END,
    decisions: tuple[Decision, ...] = (), provision: str = "truce/1a",
) -> ObligationStanding:  # fmt: skip
    """Find how the obligation stands."""
    found = project(rows, of or owed(), decisions, cut).judgements
    return next(j for j in found if isinstance(j, ObligationStanding) and j.provision == provision)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The debtor alone is a party to its own cause.
        ([step("D", "done")], State.NO_DUE_DATE),
        ([step("D", "begun")], State.NO_DUE_DATE),
        # Those between, those without a stake, and whom it is owed to may say so alone.
        ([step("R", "done", **RELIEF)], State.FULFILLED),
        ([step("W", "done", **WATCH)], State.FULFILLED),
        ([step("B", "done", **BB)], State.FULFILLED),
        ([step("R", "partly_done", **RELIEF)], State.PARTLY_FULFILLED),
        ([step("R", "begun", **RELIEF)], State.PARTLY_FULFILLED),
        # Who repeats vouches for nothing; the press neither.
        ([step("R", "done", **RELIEF, basis="repeats")], State.NO_DUE_DATE),
        ([step("P", "done", origin="Wire", origin_side="")], State.NO_DUE_DATE),
        # One says refused or not done, another offered or done.
        ([step("B", "refused", **BB), step("D", "offered")], State.DISPUTED),
        ([step("B", "not_done", **BB), step("D", "done")], State.DISPUTED),
        ([step("B", "not_done", **BB), step("R", "done", **RELIEF)], State.DISPUTED),
        # Not done yet and offered do not contradict each other, nor does a part and not all.
        ([step("B", "not_done", **BB), step("D", "offered")], State.NO_DUE_DATE),
        ([step("B", "not_done", **BB), step("R", "partly_done", **RELIEF)], State.PARTLY_FULFILLED),
        ([step("B", "not_done", **BB)], State.NO_DUE_DATE),
        ([], State.NO_DUE_DATE),
    ],
)
def test_the_state_by_who_says_what(rows: list[Row], expected: State) -> None:
    found = [standing([row("X"), *order]) for order in permutations(rows)]
    assert {s.state for s in found} == {expected}
    assert len({s.sentence for s in found}) == 1


def test_a_later_word_replaces_the_same_voices_earlier_one() -> None:
    rows = [
        step("R", "not_done", **RELIEF),
        step("S", "done", **RELIEF) | {"pub_date": "2020-10-20"},
    ]
    found = standing(rows)
    assert found.state is State.FULFILLED
    assert found.since == datetime(2020, 10, 13, tzinfo=ZONE)
    assert [(p.who, p.progress) for p in found.positions] == [("Relief", "done")]
    taken_back = step("T", "", **RELIEF) | {"kind": "retraction", "pub_date": "2020-10-25"}
    assert standing([*rows, taken_back]).state is State.NO_DUE_DATE


def test_a_word_is_overtaken_by_what_was_said_more_than_a_week_later() -> None:
    refused = step("B", "refused", **BB)
    soon = step("D", "offered") | {"pub_date": "2020-10-20"}
    late = step("D", "begun") | {"pub_date": "2020-12-01"}
    assert standing([refused, soon]).state is State.DISPUTED
    assert standing([refused, late]).state is State.NO_DUE_DATE
    again = step("E", "refused", **BB) | {"pub_date": "2020-12-05"}
    assert standing([refused, late, again]).state is State.DISPUTED


def test_an_old_quarrel_is_over_once_somebody_tells_of_the_deed() -> None:
    quarrel = [step("B", "refused", **BB), step("D", "offered")]
    assert standing(quarrel).state is State.DISPUTED
    later = step("R", "partly_done", **RELIEF) | {"pub_date": "2020-11-17"}
    assert standing([*quarrel, later]).state is State.PARTLY_FULFILLED
    for silent in ({"basis": "repeats"}, {"origin": "Wire"}):
        assert standing([*quarrel, later | silent]).state is State.DISPUTED


def test_a_denial_says_the_contrary() -> None:
    denied = step("B", "done", **BB) | {"kind": "denial"}
    (position,) = standing([denied]).positions
    assert position.progress == "not_done"


def test_what_both_owe_is_fulfilled_only_when_both_did_it() -> None:
    of = owed(debtors=("AA", "BB"))
    mine = step("A", "done", **WATCH)
    theirs = step("B", "done", **WATCH) | {"accused": "BB"}
    assert standing([mine], of).state is State.PARTLY_FULFILLED
    assert standing([mine, theirs], of).state is State.FULFILLED
    assert standing([step("C", "done", **WATCH) | {"accused": ""}], of).state is State.FULFILLED
    # Where both owe, each is the other's creditor.
    assert standing([step("D", "done", **BB)], of).state is State.PARTLY_FULFILLED
    assert standing([step("E", "refused", **BB), step("F", "offered")], of).state is State.DISPUTED


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "negotiations"}, {"act": "mediation"}, {"accused": "BB"},
        {"pub_date": "2020-10-08", "t_from_local": "2020-10-08"}, {"unit": "prisoners"},
    ],
)  # fmt: skip
def test_a_statement_bears_on_a_duty_by_deed_debtor_and_object_alone(fields: Row) -> None:
    of = owed(unit=Unit.REMAINS)
    assert standing([step("R", "done", **RELIEF)], of).state is State.FULFILLED
    other = standing([step("R", "done", **RELIEF) | fields], of)
    assert (other.state, other.claims) == (State.NO_DUE_DATE, ())


@pytest.mark.parametrize(
    ("rows", "before", "after"),
    [
        # Nobody speaks of it: that it was not done is no more shown than that it was.
        ([], State.NOT_DUE, State.NOT_ASSESSABLE),
        ([step("D", "offered")], State.NOT_DUE, State.OVERDUE),
        ([step("D", "")], State.NOT_DUE, State.OVERDUE),
        ([step("R", "partly_done", **RELIEF)], State.NOT_DUE, State.OVERDUE),
        ([step("R", "done", **RELIEF)], State.FULFILLED, State.FULFILLED),
        ([step("B", "refused", **BB), step("D", "offered")], State.DISPUTED, State.DISPUTED),
    ],
)
def test_the_calendar_speaks_where_nothing_shows_that_it_is_fulfilled(
    rows: list[Row], before: State, after: State
) -> None:
    of = owed(due=(deadline(),))
    rows = [row("X"), *rows]
    assert standing(rows, of, BEFORE).state is before
    assert standing(rows, of).state is after


def test_rival_readings_of_a_due_date_leave_it_due_between_them() -> None:
    later = deadline(DUE + timedelta(days=90), name="later")
    found = standing([step("D", "offered")], owed(due=(deadline(), later)))
    assert found.state is State.DUE
    assert "past it by some readings only" in found.sentence


def test_what_was_done_after_its_date_is_fulfilled_late() -> None:
    of = owed(due=(deadline(),))
    done = step("R", "done", **RELIEF) | {"t_from_local": "2020-11-20", "pub_date": "2020-11-21"}
    found = standing([done], of)
    assert (found.state, found.late) == (State.FULFILLED, True)
    assert "after its due date" in found.sentence
    assert not standing([step("R", "done", **RELIEF)], of).late


def test_a_period_from_another_provision_runs_from_its_fulfilment() -> None:
    first = TRUCE.provisions[1]
    assert isinstance(first, Obligation)
    then = replace(
        first, id="1b", debtors=("BB",), acts=(Act.WITHDRAWAL,), due=(deadline(after="1a"),)
    )
    of = owed(then)
    waiting = standing([row("X")], of, provision="truce/1b")
    assert (waiting.state, "what it waits for is not found" in waiting.sentence) == (
        State.NOT_DUE,
        True,
    )
    done = step("R", "done", **RELIEF)
    assert standing([done], of, BEFORE, provision="truce/1b").state is State.NOT_DUE
    spoken = step("B1", "begun") | {"act": "withdrawal", "accused": "BB"}
    assert standing([done, spoken], of, provision="truce/1b").state is State.OVERDUE


def test_all_that_is_owed_counted_by_another_than_the_debtor_fulfils_it() -> None:
    of = owed(quantity=100, unit=Unit.REMAINS)
    count = {"unit": "remains", "extent": "so_far"}
    assert (
        standing([step("R", "", **RELIEF, quantity="99", **count)], of).state
        is State.PARTLY_FULFILLED
    )
    assert standing([step("R", "", **RELIEF, quantity="100", **count)], of).state is State.FULFILLED
    for alone in ({}, {"origin": "Wire", "origin_side": ""}):
        assert (
            standing([step("D", "", quantity="100", **count, **alone)], of).state
            is State.NO_DUE_DATE
        )
    assert standing([step("B", "", quantity="100", **count, **BB)], of).state is State.FULFILLED


def test_where_both_owe_each_counts_for_the_others_part() -> None:
    of = owed(debtors=("AA", "BB"), unit=Unit.REMAINS)
    count = {"quantity": "4", "unit": "remains", "extent": "this_time"}
    got = step("B", "", **BB, **count, recipient="BB")
    assert standing([got], of).state is State.PARTLY_FULFILLED
    assert standing([step("A", "", **count, recipient="BB")], of).state is State.NO_DUE_DATE


def test_each_tellers_count_stands_for_itself() -> None:
    count = {"unit": "prisoners", "extent": "this_time", "recipient": "BB"}
    rows = [
        step("A1", "", quantity="10", **count),
        step("A1again", "", quantity="10", **count) | {"pub_date": "2020-10-14"},
        step("A2", "", quantity="5", **count)
        | {"t_from_local": "2020-10-15", "pub_date": "2020-10-16"},
        step("B1", "", **BB, quantity="12", **count | {"extent": "so_far"}),
    ]
    (account,) = standing(rows).accounts
    assert (account.unit, account.giver, account.recipient) == (Unit.PRISONERS, "AA", "BB")
    assert [(c.by, c.value, c.extent, c.handovers) for c in account.counts] == [
        ("AA", 15, "this_time", 2), ("BB", 12, "so_far", 1),
    ]  # fmt: skip
    assert account.difference == 3


def test_handovers_without_a_day_may_be_one_and_are_never_added() -> None:
    count = {"unit": "prisoners", "extent": "this_time", "recipient": "BB"}
    rows = [
        step("R1", "", **RELIEF, quantity="10", **count) | {"t_from_local": ""},
        step("R2", "", **RELIEF, quantity="12", **count)
        | {"t_from_local": "", "pub_date": "2020-10-20"},
    ]
    (account,) = standing(rows).accounts
    assert [(c.value, c.handovers) for c in account.counts] == [(12, 1)]
    dated = step("R3", "", **RELIEF, quantity="5", **count) | {"pub_date": "2020-10-21"}
    (account,) = standing([*rows, dated]).accounts
    assert [(c.value, c.handovers) for c in account.counts] == [(5, 1)]


def decided(verdict: Verdict, at: str, *earlier: Decision) -> tuple[Decision, ...]:
    """Let two people decide about the obligation."""
    words = Reasons(occurrence="record of the exchange", provision="truce/1a", at=at)
    first = decide((), verdict, "Ada Ax", words, earlier)
    return (*earlier, first, decide((), verdict, "Ben By", words, (*earlier, first)))


def test_people_decide_and_earlier_reports_do_not_change() -> None:
    made = decided(Verdict.FULFILLED, "2020-10-25T00:00:00Z")
    rows = [row("X"), step("B", "not_done", **BB)]
    assert standing(rows, cut=BEFORE, decisions=made).state is State.NO_DUE_DATE
    found = standing(rows, decisions=made)
    assert (found.state, found.decision) == (State.FULFILLED, made[0].id)
    assert (
        "decided fulfilled by Ada Ax, approved by Ben By: record of the exchange" in found.sentence
    )
    assert standing(rows, decisions=made[:1]).state is State.NO_DUE_DATE


def test_the_last_instant_decided_on_counts_and_one_instant_has_one_answer() -> None:
    made = decided(Verdict.FULFILLED, "2020-10-25T00:00:00Z")
    later = decided(Verdict.DISPUTED, "2020-11-25T00:00:00Z", *made)
    assert standing([row("X")], decisions=later).state is State.DISPUTED
    between = Cut(instant=datetime(2020, 11, 1, tzinfo=UTC), text="between")
    assert standing([row("X")], cut=between, decisions=later).state is State.FULFILLED
    again = decided(Verdict.WAIVED_OR_AMENDED, "2020-10-25T00:00:00Z", *made)
    assert standing([row("X")], decisions=again).state is State.WAIVED_OR_AMENDED


def test_that_it_is_not_fulfilled_leaves_the_calendar_to_speak() -> None:
    made = decided(Verdict.NOT_FULFILLED, "2020-10-14T00:00:00Z")
    rows = [step("R", "done", **RELIEF)]
    of = owed(due=(deadline(),))
    assert standing(rows, of, decisions=made).state is State.OVERDUE
    assert standing(rows, of, BEFORE, decisions=made).state is State.NOT_DUE


def test_an_undertaking_is_tracked_whatever_is_said() -> None:
    best = Undertaking(
        id="9", kind=TRUCE.provisions[1].kind, title="best efforts", holders=("AA",),
        acts=TRUCE.provisions[1].acts,  # type: ignore[union-attr]
    )  # fmt: skip
    found = standing([step("B", "refused", **BB)], owed(best), provision="truce/9")
    assert (found.tracked_only, found.state) == (True, State.NO_DUE_DATE)
    assert [p.progress for p in found.positions] == ["refused"]


STEPS = st.builds(
    lambda n, progress, who, count: step(f"S{n}", progress, **who, **count),
    st.integers(0, 10_000),
    st.sampled_from(["offered", "begun", "partly_done", "done", "not_done", "refused"]),
    st.sampled_from([BB, RELIEF, WATCH, {}]),
    st.sampled_from([{}, {"quantity": "7", "unit": "remains", "extent": "so_far"}]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=6, unique_by=lambda r: r["claim_id"]), st.randoms(use_true_random=False))  # fmt: skip
def test_order_changes_nothing_and_a_later_as_of_never_what_an_earlier_one_said(
    rows: list[Row], random: object
) -> None:
    first = standing([row("X"), *rows], cut=BEFORE)
    later = [step("L", "done", **WATCH) | {"pub_date": "2020-10-25", "t_from_local": "2020-10-24"}]
    shuffled = [*later, *rows, row("X")]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = standing(shuffled, cut=BEFORE)
    assert replace(first, claims=()) == replace(again, claims=())


def test_the_report_says_who_says_what_and_who_counts_what() -> None:
    count = {"quantity": "10", "unit": "prisoners", "extent": "this_time", "recipient": "BB"}
    rows = [step("A", "done", **count), step("B", "not_done", **BB, **count | {"quantity": "4"})]
    assessment = project(rows, owed())
    (shown,) = view_of(assessment).obligations
    assert shown.positions == (
        "BB MoD (creditor): not done, said 13 Oct 2020", "AA MoD (debtor): done, said 13 Oct 2020",
    )  # fmt: skip
    assert shown.accounts == (
        "prisoners from Aland to Beland: Aland 10 in 1 handover, Beland 4 in 1 handover; they differ by 6",
    )


def test_a_row_may_say_which_of_two_obligations_of_one_act_it_speaks_of() -> None:
    clause = TRUCE.provisions[1]
    assert isinstance(clause, Obligation)
    both = owed(replace(clause, id="1b", debtors=("AA",), intermediary="Relief"))

    def states(**fields: str) -> tuple[State, State]:
        rows = [step("R", "done", **RELIEF, **fields)]
        one, two = (standing(rows, both, provision=f"truce/{id_}") for id_ in ("1a", "1b"))
        return one.state, two.state

    assert states() == (State.FULFILLED, State.FULFILLED)
    assert states(provision="truce/1b") == (State.NO_DUE_DATE, State.FULFILLED)
    assert states(provision="truce/1b; truce/1a") == (State.FULFILLED, State.FULFILLED)


def test_a_provision_that_a_row_names_widens_no_act() -> None:
    rows = [step("R", "done", **RELIEF, provision="truce/1a") | {"act": "meeting"}]
    assert standing(rows).state is State.NO_DUE_DATE
