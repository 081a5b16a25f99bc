"""Notification: forbidden only without a notice in time, and only its recipient's word shows one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import Row, project, row
from tests.judge.test_judging import CONFIRMED, classes, defined
from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.arms import Notice
from truceline.model.judgement import Classification
from truceline.model.judgement import ClassificationState as State
from truceline.model.mission import Body, Mission

WORKS = CONFIRMED | {
    "act": "new_works",
    "t_from_local": "2020-10-14 10:00",
    "t_to_local": "2020-10-14 11:00",
    "pub_date": "2020-10-15",
}
RELIEF = {"origin": "Relief", "origin_side": ""}


def told(name: str, at: str, stretch: tuple[str, str], **fields: str) -> Row:
    """Make a row by which Relief got BB's notice."""
    start, end = stretch
    notice = {
        "kind": "report", "act": "notification", "accused": "BB", "pub_date": at, "t_from_local": start,
        "t_to_local": end,
    }  # fmt: skip
    return row(name, **notice | RELIEF | fields)


def asked(to: tuple[str, ...] = ("Relief",)) -> Mission:
    """Make terms by which works near Alpha need a day's notice to Relief."""
    return defined(
        kind=Kind.NOTIFY_ACTIVITY, acts=(Act.NEW_WORKS,), notice=Notice(to=to, ahead="PT24H")
    )


def judged(*rows: Row, of: Mission | None = None, **fields: str) -> Classification:
    """Classify BB's works."""
    found = project([row("A", **{**WORKS, **fields}), *rows], of or asked())
    mine = [c for p, c in classes(found).items() if p == "truce/1"]
    return mine[0]


EARLY, LATE, MAYBE = "2020-10-12T09:00+04:00", "2020-10-14T02:00+04:00", "2020-10-13"
DAY = ("2020-10-14 08:00", "2020-10-14 18:00")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([told("N", EARLY, DAY)], State.NO_VIOLATION),
        ([told("N", LATE, DAY)], State.SERIOUS_VIOLATION),
        # A bare day of notice may be before or after the last hour for it.
        ([told("N", MAYBE, DAY)], State.NOT_ASSESSABLE),
        # One that covers a part of the time only.
        ([told("N", EARLY, ("2020-10-14 10:30", "2020-10-14 18:00"))], State.NOT_ASSESSABLE),
        # Of another place, time or side: no word of this activity.
        ([told("N", EARLY, DAY, places="Gamma")], State.NOT_ASSESSABLE),
        ([told("N", EARLY, ("2020-10-15 08:00", "2020-10-15 18:00"))], State.NOT_ASSESSABLE),
        ([told("N", EARLY, DAY, accused="AA")], State.NOT_ASSESSABLE),
        # Whoever acted says so alone.
        ([told("N", EARLY, DAY, origin="BB MoD", origin_side="BB")], State.NOT_ASSESSABLE),
        # The recipient says that none came.
        ([told("N", "2020-10-16", DAY, kind="denial")], State.SERIOUS_VIOLATION),
        # The lack of one in the evidence proves nothing.
        ([], State.NOT_ASSESSABLE),
    ],
)  # fmt: skip
def test_the_answer_by_the_notice(rows: list[Row], expected: State) -> None:
    assert judged(*rows).classification is expected


def test_a_member_of_a_body_may_say_what_the_body_got() -> None:
    of = replace(
        asked(to=("centre",)),
        bodies=(
            Body(
                id="centre",
                name="Centre",
                agreement="truce",
                members=("Relief",),
                seat=None,
                powers=(),
            ),
        ),
    )
    assert judged(told("N", EARLY, DAY), of=of).classification is State.NO_VIOLATION
    assert (
        judged(told("N", EARLY, DAY, origin="Watch"), of=of).classification is State.NOT_ASSESSABLE
    )


def test_a_notice_is_no_incident_and_may_lie_ahead() -> None:
    found = project([told("N", EARLY, DAY)], asked())
    assert not found.incidents
    (claim,) = found.claims
    assert claim.span is not None
    assert "when" not in claim.unresolved


def test_of_an_act_that_nobody_acknowledged_no_notice_is_looked_for() -> None:
    found = judged(
        told("N", LATE, DAY),
        kind="verification",
        origin="Watch",
        origin_side="NGO",
        basis="saw",
        access="own",
    )
    assert found.classification is State.NOT_ASSESSABLE
