"""Exceptions: claimed by whoever acted, decided by two people, and never a gap in the terms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import TRUCE, Row, mission, project, row, ruled
from tests.judge.test_judging import CONFIRMED, classes, defined
from truceline.model.agreement import ExceptionClause, ExceptionKind, Prohibition
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.decision import Decision, Reasons, Verdict
from truceline.model.judgement import Classification
from truceline.model.judgement import ClassificationState as State
from truceline.model.mission import Mission

INVOKED = CONFIRMED | {"invokes": "self_defence", "basis": "own_act"}
AAS = {"kind": "admission", "origin": "AA MoD", "origin_side": "AA", "accused": "AA", "basis": "own_act"}  # fmt: skip


def clause(**changes: object) -> ExceptionClause:
    """Make a clause that lets both parties defend themselves."""
    made = ExceptionClause(
        id="4", kind=Kind.RETURN_FIRE_EXCEPTION, title="self-defence",
        ground=ExceptionKind.SELF_DEFENCE, by=("AA", "BB"),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def excepted(*clauses: ExceptionClause, **changes: object) -> Mission:
    """Make the mission with defined terms and clauses that except from them."""
    base = defined(**changes)
    old, truce = base.agreements
    truce = replace(truce, provisions=(*truce.provisions, *clauses))
    return replace(base, agreements=(old, truce))


def judged(of: Mission, fields: Row, decisions: tuple[Decision, ...] = ()) -> Classification:
    """Classify one row under the truce."""
    return classes(project([row("A", **fields)], of, decisions))["truce/1"]


def test_without_anybody_who_invokes_it_an_exception_changes_nothing() -> None:
    bare, with_clause = judged(defined(), CONFIRMED), judged(excepted(clause()), CONFIRMED)
    assert bare == with_clause
    in_words = judged(defined(exceptions=("return fire on order",)), CONFIRMED)
    assert in_words.classification is State.SERIOUS_VIOLATION


def test_invoked_by_whoever_acted_it_is_an_open_question() -> None:
    found = judged(excepted(clause(preconditions=("the hotline is tried first",))), INVOKED)
    assert found.classification is State.EXCEPTION_CLAIMED
    assert found.reasons == (
        "an exception is invoked: self defence; the terms name self defence (provision 4)",
        "provision 4 asks besides: the hotline is tried first",
        "two people decide whether it holds",
    )


@pytest.mark.parametrize(
    ("of", "fields", "expected"),
    [
        # The ground that is invoked is another than the terms name: whether they cover it is a question.
        (excepted(clause()), {"invokes": "law_enforcement"}, State.EXCEPTION_CLAIMED),
        # An exception in words of the clause itself names no ground.
        (defined(exceptions=("return fire",)), {}, State.EXCEPTION_CLAIMED),
        # The terms know no exception at all.
        (defined(), {}, State.SERIOUS_VIOLATION),
        # It is another provision's.
        (excepted(clause(provisions=("1a",))), {}, State.SERIOUS_VIOLATION),
        # It is the other side's alone.
        (excepted(clause(by=("AA",))), {}, State.SERIOUS_VIOLATION),
        # What lies outside the terms, or what nobody can tell, stays so whatever is invoked.
        (excepted(clause()), {"act": "ground_assault"}, State.OUTSIDE_SCOPE),
        (excepted(clause()), {"places": ""}, State.NOT_ASSESSABLE),
        (excepted(clause()), {"kind": "accusation"}, State.NOT_ASSESSABLE),
    ],
)
def test_what_an_invoked_exception_gives(of: Mission, fields: Row, expected: State) -> None:
    assert judged(of, INVOKED | fields).classification is expected


def test_an_accuser_cannot_excuse_the_act_for_another() -> None:
    told = row("B", invokes="self_defence", paraphrase="They call it defence.")
    found = classes(project([row("A", **CONFIRMED), told], excepted(clause())))["truce/1"]
    assert found.classification is State.SERIOUS_VIOLATION


def test_a_word_that_the_text_does_not_define_leaves_no_breach_to_a_machine() -> None:
    of = excepted(clause(), qualifier="offensive")
    assert judged(of, CONFIRMED).classification is State.NOT_ASSESSABLE
    assert "whether it was offensive nobody can tell" in judged(of, CONFIRMED).reasons[0]
    assert judged(of, INVOKED).classification is State.EXCEPTION_CLAIMED


def test_both_sides_are_told_in_equal_words() -> None:
    ours = Prohibition(
        id="a", kind=Kind.NO_OFFENSIVE_ACTION, title="no operation", by=("AA", "CC"), against="BB",
        acts=defined().agreements[1].provisions[0].acts, areas=("z",), breach=None,  # type: ignore[union-attr]
    )  # fmt: skip
    theirs = replace(ours, id="b", by=("BB",), against="AA")
    truce = replace(TRUCE, provisions=(ours, theirs, clause()), zones=defined().agreements[1].zones)
    of = replace(mission(), agreements=(mission().agreements[0], truce))
    mine = classes(project([row("A", **AAS, invokes="self_defence")], of))
    other = classes(project([row("A", **INVOKED)], of))
    assert (
        mine["truce/a"].classification is other["truce/b"].classification is State.EXCEPTION_CLAIMED
    )
    assert mine["truce/a"].reasons == other["truce/b"].reasons
    assert mine["truce/b"].classification is other["truce/a"].classification is State.OUTSIDE_SCOPE


def decided(verdict: Verdict, provision: str = "truce/1") -> tuple[Decision, ...]:
    """Let two people decide about the exception."""
    words = Reasons(occurrence="the record of the hotline", provision=provision)
    return ruled([row("A", **INVOKED)], ["A"], verdict, words)


def test_two_people_say_whether_it_holds() -> None:
    of = excepted(clause())
    held = judged(of, INVOKED, decided(Verdict.PERMITTED_BY_EXCEPTION))
    assert held.classification is State.PERMITTED_BY_EXCEPTION
    assert held.reasons == (
        "the exception holds: decided by Ada Ax, approved by Ben By: the record of the hotline",
    )
    rejected = judged(of, INVOKED, decided(Verdict.EXCEPTION_REJECTED))
    assert rejected.classification is State.SERIOUS_VIOLATION
    assert rejected.reasons[-1].startswith("the exception does not hold: decided by Ada Ax")


def test_one_person_alone_or_another_provision_changes_nothing() -> None:
    of = excepted(clause())
    both = decided(Verdict.PERMITTED_BY_EXCEPTION)
    assert judged(of, INVOKED, both[:1]).classification is State.EXCEPTION_CLAIMED
    elsewhere = decided(Verdict.PERMITTED_BY_EXCEPTION, "old/1")
    assert judged(of, INVOKED, elsewhere).classification is State.EXCEPTION_CLAIMED


def test_an_answer_about_an_exception_says_nothing_about_what_happened() -> None:
    of = excepted(clause())
    plain, answered = (
        project([row("A", **INVOKED)], of, made)
        for made in ((), decided(Verdict.EXCEPTION_REJECTED))
    )
    assert plain.findings == answered.findings
    assert (
        judged(defined(), INVOKED, decided(Verdict.PERMITTED_BY_EXCEPTION)).classification
        is State.SERIOUS_VIOLATION
    )
