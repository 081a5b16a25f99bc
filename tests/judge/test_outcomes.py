"""How an agreement came out, by violence and by purpose."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from truceline.judge.outcomes import outcomes
from truceline.model.coverage import CoverageVerdict as Verdict
from truceline.model.judgement import (
    AgreementOutcome,
    ObligationStanding,
    ObligationState,
    Outcome,
    Standing,
)

HIT, QUIET = Verdict.VIOLATIONS_RECORDED, Verdict.OBSERVED_NONE_RECORDED
PARTLY, DARK, OPEN = Verdict.PARTLY_OBSERVED_NONE_RECORDED, Verdict.NOT_OBSERVED, Verdict.RECORDED_NOT_ASSESSABLE  # fmt: skip
STATE = ObligationState


def day(verdict: Verdict, number: int = 1) -> Standing:
    """Make the standing of a day."""
    return Standing(
        provision="truce/1", zone=None, day=date(2020, 10, number), standing=verdict,
        effective_fraction=0.0, hours=0.0, deficits=(), counting_rule="incident", tallies=(),
        recorded=(), uncertain=0, contested=0, sentence="",
    )  # fmt: skip


def duty(state: ObligationState, *, tracked: bool = False) -> ObligationStanding:
    """Make the standing of an obligation."""
    return ObligationStanding(
        provision="truce/2", tracked_only=tracked, state=state, claims=(), sentence="",
        since=datetime(2020, 10, 1) if state is STATE.FULFILLED else None,  # noqa: DTZ001
    )  # fmt: skip


def came_out(*judgements: Standing | ObligationStanding) -> AgreementOutcome:
    """Give the one agreement's outcome."""
    (found,) = outcomes(judgements)
    assert found.provision == "truce/whole"
    return found


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([QUIET, QUIET], Outcome.HELD),
        ([QUIET, HIT], Outcome.HELD_PARTLY),
        ([HIT, HIT], Outcome.BROKEN),
        ([HIT, DARK], Outcome.BROKEN),
        ([HIT, OPEN], Outcome.BROKEN),
        ([QUIET, DARK], Outcome.CANNOT_TELL),
        ([QUIET, PARTLY], Outcome.CANNOT_TELL),
        ([QUIET, OPEN], Outcome.CANNOT_TELL),
        ([DARK], Outcome.CANNOT_TELL),
    ],
)
def test_violence_by_days(days: list[Verdict], expected: Outcome) -> None:
    found = came_out(*(day(v, n) for n, v in enumerate(days, 1)))
    assert found.violence.outcome is expected
    assert found.violence.sentence.startswith(f"of {len(days)} days")
    assert found.purpose.outcome is None


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([STATE.FULFILLED, STATE.WAIVED_OR_AMENDED], Outcome.HELD),
        ([STATE.FULFILLED, STATE.OVERDUE], Outcome.HELD_PARTLY),
        ([STATE.PARTLY_FULFILLED, STATE.NO_DUE_DATE], Outcome.HELD_PARTLY),
        ([STATE.PARTLY_FULFILLED, STATE.OVERDUE], Outcome.HELD_PARTLY),
        ([STATE.OVERDUE, STATE.NO_DUE_DATE], Outcome.BROKEN),
        ([STATE.DISPUTED], Outcome.CANNOT_TELL),
        ([STATE.NOT_DUE, STATE.DUE, STATE.NO_DUE_DATE, STATE.NOT_ASSESSABLE], Outcome.CANNOT_TELL),
    ],
)
def test_purpose_by_obligations(states: list[ObligationState], expected: Outcome) -> None:
    found = came_out(*(duty(s) for s in states))
    assert found.purpose.outcome is expected
    assert found.violence.outcome is None


def test_best_efforts_are_no_purpose() -> None:
    assert list(outcomes([duty(STATE.NO_DUE_DATE, tracked=True)])) == []
