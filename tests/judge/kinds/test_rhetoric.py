"""Hostile words: two people answer by six factors, no machine does."""

from __future__ import annotations

import pytest

from tests.builders import Row, project, row, ruled
from tests.judge.test_judging import CONFIRMED, classes, defined
from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.decision import Decision, Factor, FactorAnswer, Factors, Reasons, Verdict
from truceline.model.judgement import Classification
from truceline.model.judgement import ClassificationState as State
from truceline.review import decide

SAID = row("A", **CONFIRMED | {"act": "hostile_rhetoric", "accused": "BB", "places": ""})
OF = defined(kind=Kind.NO_HOSTILE_RHETORIC, acts=(Act.HOSTILE_RHETORIC,), areas=(), anywhere=True)


def answers(**changed: str) -> Factors:
    """Answer every factor with met, but for those named."""
    return tuple(sorted((f, FactorAnswer(changed.get(f.value, "met"))) for f in Factor))


def weighed(factors: Factors, provision: str = "truce/1") -> tuple[Decision, ...]:
    """Let two people weigh the statement."""
    reason = Reasons(occurrence="weighed", provision=provision, factors=factors)
    return ruled([SAID], ["A"], Verdict.SIX_FACTORS, reason)


def judged(decisions: tuple[Decision, ...] = (), said: Row = SAID) -> Classification:
    """Classify the statement."""
    return classes(project([said], OF, decisions))["truce/1"]


def test_without_people_nobody_can_tell() -> None:
    found = judged()
    assert found.classification is State.NOT_ASSESSABLE
    assert found.reasons[0] == (
        "two people have to weigh the statement by six factors: its context, the speaker's standing, "
        "the intent, content and form, how far it reached, how likely harm is"
    )


@pytest.mark.parametrize(
    ("factors", "expected", "told"),
    [
        (answers(), State.SERIOUS_VIOLATION, "time, act and place fall under the provision"),
        (answers(intent="not_met"), State.NO_VIOLATION, "not met: intent; weighed by"),
        (answers(intent="open"), State.NOT_ASSESSABLE, "open: intent; weighed by"),
        # One factor that is not met settles it, whatever is open.
        (
            answers(intent="open", extent="not_met"),
            State.NO_VIOLATION,
            "not met: extent; weighed by",
        ),
    ],
)
def test_all_six_have_to_be_met(factors: Factors, expected: State, told: str) -> None:
    found = judged(weighed(factors))
    assert found.classification is expected
    assert found.reasons[0].startswith(told)


def test_one_person_or_another_provision_changes_nothing() -> None:
    assert judged(weighed(answers())[:1]).classification is State.NOT_ASSESSABLE
    assert judged(weighed(answers(), "truce/2")).classification is State.NOT_ASSESSABLE


def test_two_people_have_to_answer_alike() -> None:
    one, _ = weighed(answers())
    _, other = weighed(answers(intent="open"))
    assert judged((one, other)).classification is State.NOT_ASSESSABLE


def test_later_answers_replace_earlier_ones() -> None:
    first = weighed(answers())
    reason = Reasons(occurrence="again", provision="truce/1", factors=answers(intent="not_met"))
    claims = first[0].claims
    second = decide(claims, Verdict.SIX_FACTORS, "Ada Ax", reason, first)
    third = decide(claims, Verdict.SIX_FACTORS, "Ben By", reason, (*first, second))
    assert judged((*first, second, third)).classification is State.NO_VIOLATION
