"""The page: escaped, without script or network, in order, and never pointing at a party."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.report.assessments import (
    NAMES,
    RUN,
    Parts,
    assessment_of,
    claim,
    incident,
    small,
    watched,
)
from tests.report.pages import findings_of, parse
from truceline.model.evidence import Harm, Stance
from truceline.model.finding import AttributionState
from truceline.report.assemble import view_of
from truceline.report.files import contents_of
from truceline.report.html import html

if TYPE_CHECKING:
    from truceline.model.report import Assessment

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>" onclick="x\x00\x1b[31m\u202eABC'
HATCHED = 'fill="url(#hatch-incidentsreportedperday)"'
ORDER = (
    "h-front", "h-coverage", "h-summary", "h-agreements", "h-compliance", "h-daily", "h-charts", "h-map", "h-casualties",
    "h-obligations", "h-statements", "h-disputed", "h-decisions", "h-problems", "h-method",
    "h-annex", "h-items",
)  # fmt: skip


def page_of(assessment: Assessment) -> str:
    """Render an assessment."""
    return html(view_of(assessment))


def check_page(text: str) -> None:
    """Check what holds of every page."""
    page = parse(text)
    assert not page.faults
    assert not page.open
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "use"}
    for name, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on") or key in {"src", "srcset"}]
        target = attributes.get("href", "#")
        assert target.startswith("#") or (
            name == "a" and target.startswith(("http://", "https://")) and "rel" in attributes
        )
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not re.search(r"url\((?!#)|@import|expression\(", text)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_page_has_no_script_and_no_network() -> None:
    check_page(page_of(small()))
    check_page(page_of(assessment_of(Parts(claims=(), incidents=()))))


def test_sections_stand_in_the_order_of_the_daily_report() -> None:
    page = parse(page_of(small()))
    ids = [attributes["id"] for name, attributes in page.tags if name == "h2"]
    assert tuple(ids) == ORDER


def test_headings_descend_one_step_at_a_time() -> None:
    page = parse(page_of(small()))
    levels = [int(name[1]) for name, _ in page.tags if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_tables_and_drawings_can_be_heard() -> None:
    text = page_of(small())
    page = parse(text)
    assert page.named("html")[0]["lang"] == "en"
    assert len(page.named("caption")) == len(page.named("table"))
    assert all("scope" in cell for cell in page.named("th"))
    drawings = [svg for svg in page.named("svg") if svg.get("class") == "drawing"]
    # Days, what is found, who repeats whom, persons, hours, and the map; the last holds links.
    assert {svg["role"] for svg in drawings} == {"img", "group"}
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        for wanted in drawing["aria-labelledby"].split():
            assert f'id="{wanted}"' in text
    boxes = [box for box in page.named("div") if box.get("class") == "scroll"]
    assert boxes
    assert all(b["tabindex"] == "0" and b["role"] == "region" and b["aria-label"] for b in boxes)


def test_hostile_text_is_shown_and_does_nothing() -> None:
    nasty = replace(
        claim("A1", "AA"), paraphrase=HOSTILE, outlet=HOSTILE, external_id=HOSTILE, hedge=HOSTILE,
        url="javascript:alert(1)", unplaced=(HOSTILE,), harm=Harm(killed=1),
    )  # fmt: skip
    place = replace(nasty.places[0], name=HOSTILE)
    nasty = replace(nasty, places=(place,))
    text = page_of(assessment_of(Parts(claims=(nasty,), incidents=(incident("x", nasty),))))
    check_page(text)
    assert "&lt;script&gt;alert(1)" in text
    assert not [a for a in parse(text).named("a") if a["href"].startswith("javascript")]


def test_the_finding_points_at_no_party_while_attribution_is_withheld() -> None:
    cut = findings_of(page_of(small()))
    assert len(cut) == 3
    for part in cut:
        assert not re.search(r"\b(AA|BB|CC|Aland|Beland|Celand)\b", part)
        assert "no attribution (not in the mandate)" in part


def test_swapping_the_parties_leaves_the_findings_alone() -> None:
    claims = (claim("1", "AA"), claim("2", "BB", Stance.DENIES))
    mirror = (claim("1", "BB"), claim("2", "AA", Stance.DENIES))
    pages = [
        page_of(assessment_of(Parts(claims=given, incidents=(incident("x", *given),))))
        for given in (claims, mirror)
    ]
    assert findings_of(pages[0]) == findings_of(pages[1])
    assert pages[0] != pages[1]


def test_a_party_is_named_where_it_acknowledges() -> None:
    base = small()
    own = replace(
        base.findings[0].attribution, state=AttributionState.ACKNOWLEDGED_BY_PARTY, party="AA"
    )
    findings = (replace(base.findings[0], attribution=own), *base.findings[1:])
    cut = findings_of(page_of(replace(base, findings=findings)))
    assert [("Aland" in part) for part in cut].count(True) == 1


def test_a_field_that_leaks_does_not_reach_the_page() -> None:
    base = small()
    leak = replace(base.findings[0].attribution, party="AA")
    findings = (replace(base.findings[0], attribution=leak), *base.findings[1:])
    for part in findings_of(page_of(replace(base, findings=findings))):
        assert not any(name in part for name in NAMES)


def test_not_observed_is_hatched_and_said_in_words() -> None:
    text = page_of(small())
    assert text.count(HATCHED) == 4
    # Two days after one another on which nothing was reported are one row.
    assert text.count('<td data-label="Coverage" class="hatched">not observed</td>') == 3
    (folded,) = re.findall(r'<th scope="row">(\d+ \w+ \d+ to [^<]+)</th>', text)
    assert folded
    assert "Not observed: on none of the 4 days" in text
    assert text.index("Not observed: on none") < text.index('id="h-summary"')
    assert "none reported" in text


def test_a_watched_day_is_not_hatched() -> None:
    base = small()
    text = page_of(replace(base, mission=replace(base.mission, coverage=(watched(1.0),))))
    assert text.count(HATCHED) == 3
    assert "100 % observed" in text
    half = page_of(replace(base, mission=replace(base.mission, coverage=(watched(0.5),))))
    assert "50 % observed" in half
    assert "1 partly observed" in half


def test_an_incident_between_the_readings_is_told_under_both() -> None:
    sentence = (
        "12:05 at Alpha is 5 minutes after entry into force under reading local "
        "and 55 minutes before under reading capital"
    )
    assert sentence in page_of(small())


def test_an_engagement_counts_once() -> None:
    view = view_of(small())
    assert [day.reported for day in view.daily.days] == [0, 0, 2, 0]
    assert view.counts.engagements == 1
    (engagement,) = [d for d in view.disputed if d.hypotheses]
    assert engagement.hypotheses == ("Aland acted first", "Beland acted first")
    assert [version.who for version in engagement.versions] == ["Aland side", "Beland side"]


def test_words_of_a_coder_are_never_shown_as_a_quote() -> None:
    text = page_of(small())
    assert '<q>They fired.</q> <span class="kind">verbatim quote</span>' in text
    assert '<bdi>Text of A1.</bdi> <span class="kind">coder\u2019s paraphrase</span>' in text


def test_casualties_are_ranges_by_source() -> None:
    first = replace(claim("A1", "AA"), harm=replace(claim("A", "AA").harm, killed=3, injured=7))
    later = replace(claim("A2", "AA"), harm=replace(first.harm, killed=5))
    other = replace(claim("B1", "BB"), harm=replace(first.harm, killed=40))
    claims = (first, later, other)
    view = view_of(assessment_of(Parts(claims=claims, incidents=(incident("x", *claims),))))
    rows = {row.who: (row.killed_low, row.killed_high) for row in view.casualties}
    assert rows == {"AA MoD": (3, 5), "BB MoD": (40, 40)}


def test_run_does_not_reach_the_page() -> None:
    contents = contents_of(small(), RUN | {"secret": "only-in-run"})
    assert [n for n, c in contents.items() if b"only-in-run" in c] == ["run.json"]
