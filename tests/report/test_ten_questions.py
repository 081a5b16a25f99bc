"""The ten questions of docs/method/ten-questions.md find their answers in the first two screens, on three missions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.report.assessments import small
from tests.report.browser import complaints, in_view, needs_browser
from tests.report.test_front import MISSIONS, assessed
from tests.report.test_page import page_of
from truceline.model.finding import LADDER
from truceline.report.assemble import view_of
from truceline.report.html import html
from truceline.report.view import View

REPO = Path(__file__).resolve().parents[2]
TWO_SCREENS = 1800
pytestmark = needs_browser


def answers(view: View) -> dict[int, list[str]]:
    """Give what must be read, from the long parts of the report and not from its first screen."""
    ladder = [o.value for o in LADDER]
    weighty = max(
        ladder.index(i.finding.occurrence) for i in view.incidents if i.finding.occurrence in ladder
    )
    first = [i for i in view.incidents if i.finding.occurrence == ladder[weighty]]
    top = next(i for i in first if i.number == view.front.happened[0].numbers[0])
    agreement = next(a for a in view.agreements if a.current)
    worst = next(
        (c for s in ("violations_recorded", "recorded_not_assessable") for c in view.compliance if c.standing == s),
    )  # fmt: skip
    waiting = [n for i in view.incidents if i.finding.awaits for n in [f"no. {i.number}"]][:3]
    overdue = [o.title for o in view.obligations if o.state in {"overdue", "disputed"}]
    counts = [f"{c.count}{c.label}" for c in view.counts.occurrence if c.count]
    return {
        1: [top.finding.occurrence_label, top.what[1:], top.where, top.when],
        2: [o.label for o in top.origins],
        3: [top.finding.attribution_label],
        4: [f"New since {view.front.since}"],
        5: ["What waits for a person", *waiting],
        6: [agreement.title, agreement.in_force, *(r.local for r in agreement.readings)],
        7: [worst.title.partition(":")[0]],
        8: overdue or ["No obligation with a due date is overdue, and none is disputed."],
        9: [view.coverage.sentence, "What nobody could see"],
        10: [f"Reported: {len(view.incidents)} incidents", *counts],
    }


@pytest.mark.parametrize("mission", MISSIONS)
def test_ten_questions_are_answered_in_two_screens(mission: str) -> None:
    view = view_of(assessed(mission))
    seen = in_view(html(view), TWO_SCREENS)
    close = seen.replace(" ", "")
    missing = {
        number: [words for words in found if words.replace(" ", "") not in close]
        for number, found in answers(view).items()
    }
    assert {n: words for n, words in missing.items() if words} == {}


def test_the_questions_are_written_down() -> None:
    page = (REPO / "docs" / "method" / "ten-questions.md").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == [*range(1, 11)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_a_checker_of_accessibility_finds_nothing(width: int, scheme: str) -> None:
    assert complaints(page_of(small()), width, scheme) == []


@pytest.mark.parametrize("mission", MISSIONS)
def test_nor_on_the_demonstration_missions(mission: str) -> None:
    assert complaints(html(view_of(assessed(mission))), 390, "dark") == []
