"""The summary: what a duty officer needs, within a screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.report.assessments import Parts, assessment_of, small
from truceline.report import summary

if TYPE_CHECKING:
    from truceline.model.report import Assessment


def check_size(assessment: Assessment) -> None:
    """Check that a summary fits a terminal."""
    lines = summary(assessment).split("\n")
    assert len(lines) <= 45
    assert max(len(line) for line in lines) <= 100


def test_summary_says_what_the_report_rests_on() -> None:
    text = " ".join(summary(small()).split())
    for wanted in (
        "As of 12 Oct 2020, 00:00 UTC+4 (2020-10-11T20:00:00Z), clock: published",
        "Not observed: on none of the 4 days",
        "rival reading local: 10 Oct 2020, 12:00 UTC+4",
        "rival reading capital: 10 Oct 2020, 13:00 UTC+4",
        "3 from 5 claims: 3 unsubstantiated",
        "3 incidents; 1 engagement counted once (2 units by the rule incident)",
        "3 no attribution (not in the mandate)",
        "truce/1: not observed",
        "truce/1a: no due date",
        "1 problem; 1 item without a publication date; 4 items published after the as-of",
    ):
        assert wanted in text


def test_summary_fits_a_screen() -> None:
    check_size(small())
    check_size(assessment_of(Parts(claims=(), incidents=())))
    base = small()
    long = replace(base.problems[0], message="word " * 200)
    many = replace(base, problems=tuple(replace(long, row=n) for n in range(300)))
    check_size(replace(many, mission=replace(many.mission, title="A long title " * 30)))
