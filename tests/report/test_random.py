"""Any assessment gives valid files, a safe page and figures that add up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.assessments import (
    ALPHA,
    BETA,
    FRONT,
    NAMES,
    RUN,
    Parts,
    assessment_of,
    claim,
    incident,
    span,
)
from tests.report.pages import findings_of
from tests.report.test_files import check_all
from tests.report.test_page import check_page, page_of
from tests.report.test_summary import check_size
from truceline.model.evidence import Claim, Harm, Stance
from truceline.model.finding import Occurrence
from truceline.report.assemble import view_of
from truceline.report.files import contents_of

if TYPE_CHECKING:
    from truceline.model.place_time import Span
    from truceline.model.report import Assessment

NASTY = ("<b>", "</script>", "{{ 7 * 7 }}", "\x00\u202e", "'\"")
TEXTS = st.text(max_size=60) | st.sampled_from(NASTY)
COUNTS = st.none() | st.integers(0, 500)


@st.composite
def spans(draw: st.DrawFn) -> Span | None:
    """Draw a time on a few days of October 2020, or none."""
    if draw(st.booleans()):
        return None
    day, hour, minute = draw(st.integers(1, 14)), draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return span(hour, minute, day=day, hours=draw(st.sampled_from([0, 0.5, 5, 24, 72])))


@st.composite
def claims(draw: st.DrawFn, name: str) -> Claim:
    """Draw a claim."""
    side, stance = st.sampled_from(["AA", "BB", None]), st.sampled_from(list(Stance))
    base = claim(name, draw(side), draw(stance))
    lat, lon = draw(st.floats(-89, 89)), draw(st.floats(-179, 179))
    anywhere = replace(ALPHA, name=draw(TEXTS) or "x", lat=lat, lon=lon)
    return replace(
        base, paraphrase=draw(st.none() | TEXTS), quote=draw(st.none() | TEXTS), span=draw(spans()),
        places=tuple(draw(st.lists(st.sampled_from([ALPHA, BETA, FRONT, anywhere]), max_size=3))),
        harm=Harm(killed=draw(COUNTS), injured=draw(COUNTS)), outlet=draw(st.none() | TEXTS),
        url=draw(st.none() | TEXTS), hedge=draw(st.none() | TEXTS),
        speaker=draw(st.sampled_from([base.speaker, None])),
    )  # fmt: skip


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Draw incidents of one to three claims each."""
    incidents, told = [], []
    for n in range(draw(st.integers(0, 8))):
        members = [draw(claims(f"{n}{letter}")) for letter in "abc"[: draw(st.integers(1, 3))]]
        incidents.append(incident(str(n), *members))
        told += members
    made = assessment_of(Parts(claims=tuple(told), incidents=tuple(incidents)))
    states = st.sampled_from(list(Occurrence))
    findings = tuple(replace(f, occurrence=draw(states)) for f in made.findings)
    return replace(made, findings=findings)


@settings(max_examples=30, deadline=None)
@given(assessments())
def test_any_assessment_is_reported_whole_and_safely(assessment: Assessment) -> None:
    check_all(assessment)
    check_size(assessment)
    page = page_of(assessment)
    check_page(page)
    for part in findings_of(page):
        assert not any(name in part for name in NAMES)
    assert contents_of(assessment, RUN) == contents_of(assessment, RUN)


@settings(max_examples=60, deadline=None)
@given(assessments())
def test_every_incident_is_counted_or_listed(assessment: Assessment) -> None:
    view = view_of(assessment)
    counted = sum(day.reported for day in view.daily.days)
    assert counted + len(view.daily.on_no_day) == view.counts.units
    assert all(sum(day.by) == day.reported for day in view.daily.days)
    assert view.map.shown + len(view.map.missing) == view.counts.incidents == len(view.incidents)
    assert sum(m.count for s in view.map.sites for m in s.marks) == view.map.shown
    assert sum(c.count for c in view.counts.occurrence) == view.counts.incidents


@settings(max_examples=30, deadline=None)
@given(assessments(), st.randoms(use_true_random=False))
def test_order_of_incidents_does_not_matter(assessment: Assessment, random: object) -> None:
    del random
    turned = replace(
        assessment, incidents=assessment.incidents[::-1], findings=assessment.findings[::-1]
    )
    assert page_of(turned) == page_of(assessment)
